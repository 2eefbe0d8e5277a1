package io.terraorbit.foundation.chaos.proxy.internal.link;

import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** What all connections of one proxy share. */
record RelayContext(
    String proxy,
    Timers timers,
    Draws draws,
    RelayEvents events,
    LongAdder bytesUp,
    LongAdder bytesDown) {
  RandomGenerator generator(long connection, StagePlan plan) {
    return draws.generator(proxy, connection, plan);
  }
}
