package io.terraorbit.foundation.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.context.Context;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final VirtualTime time = new VirtualTime();

  @Test
  void comesAndIsThenOver() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);
    assertThat(deadline.remaining(time)).isEqualTo(Duration.ofSeconds(2));
    assertThat(deadline.expired(time)).isFalse();

    time.advance(Duration.ofSeconds(2));
    assertThat(deadline.expired(time)).isTrue();
    time.advance(Duration.ofSeconds(5));
    assertThat(deadline.remaining(time)).isZero();
  }

  @Test
  void holdsForTheWorkInIt() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);

    assertThat(Deadline.current()).isEmpty();
    assertThat(deadline.call(Deadline::current)).contains(deadline);
    assertThat(Deadline.current()).isEmpty();
  }

  @Test
  void canOnlyBeShortenedFurtherIn() {
    Deadline late = Deadline.after(Duration.ofSeconds(9), time);
    Deadline early = Deadline.after(Duration.ofSeconds(2), time);

    assertThat(early.<Object, RuntimeException>call(() -> late.call(Deadline::current)))
        .isEqualTo(java.util.Optional.of(early));
    assertThat(late.<Object, RuntimeException>call(() -> early.call(Deadline::current)))
        .isEqualTo(java.util.Optional.of(early));
    assertThat(late.earlier(early)).isEqualTo(early).isEqualTo(early.earlier(late));
  }

  @Test
  void isLiftedForWorkThatGoesOnAfterTheAnswer() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);

    assertThat(
            deadline
                .in(Context.empty())
                .call(() -> Deadline.lifted(Context.current()).call(Deadline::current)))
        .isEmpty();
  }

  @Test
  void boundsEachStepByWhatIsLeft() {
    Duration limit = Duration.ofSeconds(5);
    Deadline deadline = Deadline.after(Duration.ofSeconds(7), time);

    assertThat(Deadline.bound(limit, time)).isEqualTo(limit);
    assertThat(deadline.call(() -> Deadline.bound(limit, time))).isEqualTo(limit);
    time.advance(Duration.ofSeconds(4));
    assertThat(deadline.call(() -> Deadline.bound(limit, time))).isEqualTo(Duration.ofSeconds(3));
    time.advance(Duration.ofSeconds(4));
    assertThat(deadline.call(() -> Deadline.bound(limit, time))).isZero();
  }

  @Test
  void takesAnyWait() {
    assertThat(Deadline.after(Duration.ofSeconds(-3), time).expired(time)).isTrue();
    Deadline ages = Deadline.after(ChronoUnit.FOREVER.getDuration(), time);
    time.advance(Duration.ofDays(365));
    assertThat(ages.expired(time)).isFalse();
    assertThat(ages.remaining(time)).isGreaterThan(Duration.ofDays(365 * 100));
  }

  @Test
  void comparesOnAClockThatWrapsAround() {
    Deadline before = new Deadline(Long.MAX_VALUE - 5);
    Deadline after = new Deadline(Long.MIN_VALUE + 5);

    assertThat(before.earlier(after)).isEqualTo(before);
    assertThat(after.earlier(before)).isEqualTo(before);
  }
}
