package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a controller was described to be.
 *
 * @param identity makes reconcile ids unique among the controllers of a process
 * @param watched the reconciled type is the first
 */
record ControllerSpec<T extends HasMetadata>(
    String name,
    String identity,
    Class<T> type,
    Reconciler<T> reconciler,
    ApiAccess api,
    List<Sources.Watched<?>> watched,
    int workers,
    Duration timeout,
    Backoff backoff,
    Duration eventFloor,
    @Nullable LeaderElector elector,
    ControllerObserver observer,
    TimeSource time,
    RandomGenerator random) {

  WorkQueue<ObjectKey> newQueue() {
    return WorkQueue.builder()
        .backoff(backoff)
        .eventFloor(eventFloor)
        .time(time)
        .random(Randomness.seeded(random.nextLong()))
        .build();
  }
}
