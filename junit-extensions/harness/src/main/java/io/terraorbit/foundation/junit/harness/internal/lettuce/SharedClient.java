package io.terraorbit.foundation.junit.harness.internal.lettuce;

import io.lettuce.core.RedisClient;
import java.time.Duration;

/** Lettuce's threads and timers, of which one set is enough for all tests. */
record SharedClient(RedisClient client) implements AutoCloseable {
  static SharedClient open() {
    return new SharedClient(RedisClient.create());
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }
}
