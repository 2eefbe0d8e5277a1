package io.terraorbit.foundation.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a bound, each shortened by chance to no less than its half. */
record Backoff(Duration min, Duration max, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * @param failures in a row, one or more
   */
  Duration after(int failures) {
    Duration full = min.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    long nanos = (full.compareTo(max) > 0 ? max : full).toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}
