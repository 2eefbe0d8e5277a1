package io.terraorbit.foundation.controller;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * How long a key waits after a failure. A pure function: the queue counts the failures, so there is
 * nothing to forget. Implementations are immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Backoff {
  /**
   * The wait before the next run.
   *
   * @param failures failed runs in a row, the latest included; 1 or more, saturates at {@link
   *     Integer#MAX_VALUE}
   * @param random for jitter
   * @return zero or more
   */
  Duration delay(int failures, RandomGenerator random);

  /**
   * {@code base}, doubled for each further failure, never above {@code max}.
   *
   * @param jitter share of the delay, from 0 to below 1, by which chance may shorten it, so that
   *     keys that failed together do not come back together
   */
  static Backoff exponential(Duration base, Duration max, double jitter) {
    if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "back-off needs 0 < base <= max, got base=%s max=%s".formatted(base, max));
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("back-off needs 0 <= jitter < 1, got " + jitter);
    }
    long first = base.toNanos();
    long last = max.toNanos();
    return (failures, random) -> {
      int doublings = Math.max(0, failures - 1);
      // Saturate before shifting: a shift past the sign bit would wrap to a short delay.
      boolean saturated = doublings >= Long.numberOfLeadingZeros(first);
      long full = saturated ? last : Math.min(last, first << doublings);
      return Duration.ofNanos(full - (long) (full * jitter * random.nextDouble()));
    };
  }

  /** The same wait after every failure. */
  static Backoff constant(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("back-off needs a delay of zero or more, got " + delay);
    }
    return (failures, random) -> delay;
  }

  /** From 5 ms to 1000 s with a fifth of jitter: client-go's figures, plus the jitter. */
  static Backoff standard() {
    return exponential(Duration.ofMillis(5), Duration.ofSeconds(1000), 0.2);
  }
}
