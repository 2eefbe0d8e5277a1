package io.terraorbit.foundation.controller;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * The times of a leader election. Immutable.
 *
 * <p>A leader trusts its lease until {@code leaseDuration * (1 - clockRateError) - guard} after it
 * <em>sent</em> the last renewal that succeeded. A follower takes over when it has seen no change
 * for {@code leaseDuration * (1 + clockRateError)} after it <em>received</em> the record. Offsets
 * between clocks do not matter; rates may differ by {@code clockRateError} each way.
 *
 * @param leaseDuration written into the lease
 * @param renewEvery pause between renewals, and between a follower's looks at the lease
 * @param callTimeout bound of one call to the store; the store has to keep it
 * @param clockRateError by how much a clock may run too fast or too slow, as a share
 * @param guard time between the check of leadership and the effect of what it allowed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ElectionRules(
    Duration leaseDuration,
    Duration renewEvery,
    Duration callTimeout,
    double clockRateError,
    Duration guard) {
  public ElectionRules {
    if (renewEvery.isNegative() || renewEvery.isZero() || callTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "an election needs renewEvery above zero and callTimeout of zero or more, got %s and %s"
              .formatted(renewEvery, callTimeout));
    }
    if (!(clockRateError >= 0 && clockRateError < 0.5)) {
      throw new IllegalArgumentException("clockRateError is from 0 to 0.5, got " + clockRateError);
    }
    Duration trusted = trusted(leaseDuration, clockRateError, guard);
    if (renewEvery.plus(callTimeout).compareTo(trusted) >= 0) {
      throw new IllegalArgumentException(
          "a renewal must fit into the time that a leader trusts its lease: renewEvery=%s +"
                  .formatted(renewEvery)
              + " callTimeout=%s is not below %s".formatted(callTimeout, trusted));
    }
  }

  /**
   * One percent of clock error, a guard of half a second (or a tenth of the lease, if that is
   * less), and a call timeout that leaves room for a second try.
   */
  public static ElectionRules of(Duration leaseDuration, Duration renewEvery) {
    double rateError = 0.01;
    Duration guard = shorter(Duration.ofMillis(500), leaseDuration.dividedBy(10));
    Duration spare = trusted(leaseDuration, rateError, guard).minus(renewEvery);
    Duration callTimeout = shorter(renewEvery, spare.dividedBy(2));
    return new ElectionRules(leaseDuration, renewEvery, callTimeout, rateError, guard);
  }

  /** Client-go's times: a lease of 15 s, renewed every 2 s. */
  public static ElectionRules standard() {
    return of(Duration.ofSeconds(15), Duration.ofSeconds(2));
  }

  /** How long a leader trusts its lease after sending a renewal. */
  Duration trusted() {
    return trusted(leaseDuration, clockRateError, guard);
  }

  /** How long a follower leaves alone a record of the given duration that does not change. */
  Duration patience(Duration recorded) {
    return scaled(recorded, 1 + clockRateError);
  }

  private static Duration trusted(Duration lease, double rateError, Duration guard) {
    return scaled(lease, 1 - rateError).minus(guard);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
