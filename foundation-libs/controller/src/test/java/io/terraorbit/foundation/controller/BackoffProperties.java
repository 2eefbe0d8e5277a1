package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffProperties {
  @Property
  void isMonotoneAndNeverAboveTheLimit(
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long base,
      @ForAll @LongRange(min = 1, max = 1_000_000L) long factor,
      @ForAll @IntRange(min = 1, max = 1_000_000) int failures) {
    Backoff backoff =
        Backoff.exponential(Duration.ofNanos(base), Duration.ofNanos(base * factor), 0);
    SplittableRandom random = new SplittableRandom(1);
    Duration now = backoff.delay(failures, random);
    Duration later = backoff.delay(failures + 1, random);
    assertThat(now).isBetween(Duration.ofNanos(base), Duration.ofNanos(base * factor));
    assertThat(later).isGreaterThanOrEqualTo(now);
  }

  @Property
  void isShortenedByJitterAtMost(
      @ForAll @DoubleRange(min = 0, max = 0.99) double jitter,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll long seed) {
    Duration base = Duration.ofMillis(5);
    Duration max = Duration.ofSeconds(1000);
    SplittableRandom random = new SplittableRandom(seed);
    Duration full = Backoff.exponential(base, max, 0).delay(failures, random);
    Duration jittered = Backoff.exponential(base, max, jitter).delay(failures, random);
    long least = (long) (full.toNanos() * (1 - jitter)) - 1;
    assertThat(jittered).isBetween(Duration.ofNanos(least), full);
  }

  @Example
  void doesNotWrapAtTheSixtyFourthFailure() {
    SplittableRandom random = new SplittableRandom(1);
    Backoff backoff = Backoff.exponential(Duration.ofMillis(5), Duration.ofSeconds(1000), 0);
    for (int failures : new int[] {19, 40, 41, 42, 63, 64, 65, 128, Integer.MAX_VALUE}) {
      assertThat(backoff.delay(failures, random)).isEqualTo(Duration.ofSeconds(1000));
    }
  }

  @Example
  void standardStartsAtFiveMilliseconds() {
    assertThat(Backoff.standard().delay(1, new SplittableRandom(7)))
        .isBetween(Duration.ofMillis(4), Duration.ofMillis(5));
  }

  @Example
  void constantNeverGrows() {
    assertThat(Backoff.constant(Duration.ofMillis(3)).delay(1000, new SplittableRandom(1)))
        .isEqualTo(Duration.ofMillis(3));
  }

  @Example
  void refusesNonsense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> Backoff.exponential(second, Duration.ZERO, 0))
        .hasMessage("back-off needs 0 < base <= max, got base=PT1S max=PT0S");
    assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO, second, 0))
        .hasMessage("back-off needs 0 < base <= max, got base=PT0S max=PT1S");
    assertThatThrownBy(() -> Backoff.exponential(second.negated(), second, 0))
        .hasMessage("back-off needs 0 < base <= max, got base=PT-1S max=PT1S");
    assertThatThrownBy(() -> Backoff.exponential(second, second, 1))
        .hasMessage("back-off needs 0 <= jitter < 1, got 1.0");
    assertThatThrownBy(() -> Backoff.constant(second.negated()))
        .hasMessage("back-off needs a delay of zero or more, got PT-1S");
  }
}
