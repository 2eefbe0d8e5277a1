package io.terraorbit.foundation.harness.kube.internal.store;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;

/**
 * Which revisions a store keeps besides the newest. Immutable.
 *
 * @param revisions how many at most, the newest among them
 * @param age for how long after another took its place; a revision past it is gone, also when
 *     nothing is written any more
 * @param time the clock of the ages
 */
public record Retention(int revisions, Duration age, TimeSource time) {
  /** So long that a run does not live to see it. */
  public static final Duration FOR_EVER = Duration.ofDays(10_000);

  public Retention {
    if (revisions < 1) {
      throw new IllegalArgumentException("at least one revision is kept, got " + revisions);
    }
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("revisions are kept for some time, got " + age);
    }
    if (age.compareTo(FOR_EVER) > 0) {
      age = FOR_EVER;
    }
  }

  /** By number alone. */
  public static Retention of(int revisions) {
    return new Retention(revisions, FOR_EVER, TimeSource.system());
  }

  long now() {
    return time.nanoTime();
  }

  boolean outlived(long sinceNanos) {
    return time.since(sinceNanos).compareTo(age) >= 0;
  }
}
