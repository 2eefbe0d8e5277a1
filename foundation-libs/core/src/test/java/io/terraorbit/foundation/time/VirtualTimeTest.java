package io.terraorbit.foundation.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
  private final List<String> ran = new ArrayList<>();

  @Test
  void standsStillUntilItIsAdvanced() {
    time.advance(Duration.ofHours(1));

    assertThat(time.instant()).isEqualTo("2026-03-01T01:00:00Z");
    assertThat(time.since(0)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void startsWithTheYear2026UnlessToldOtherwise() {
    assertThat(new VirtualTime().instant()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void runsTasksInTheOrderOfTheirTimeAndThenOfTheirScheduling() {
    time.schedule(Duration.ofSeconds(2), () -> ran.add("c at " + time.nanoTime()));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("a at " + time.nanoTime()));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("b at " + time.nanoTime()));

    time.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("a at 1000000000", "b at 1000000000", "c at 2000000000");
    assertThat(time.nanoTime()).isEqualTo(5_000_000_000L);
  }

  @Test
  void runsATaskThatATaskSchedulesWithinTheSameAdvance() {
    time.schedule(
        Duration.ofSeconds(1), () -> time.schedule(Duration.ofSeconds(1), () -> ran.add("second")));

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("second");
  }

  @Test
  void treatsANegativeDelayAsNow() {
    time.schedule(Duration.ofSeconds(-3), () -> ran.add("now"));

    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("now");
  }

  @Test
  void forgetsACancelledTask() {
    Scheduler.Scheduled task = time.schedule(Duration.ofSeconds(1), () -> ran.add("never"));
    assertThat(time.pending()).isEqualTo(1);

    task.cancel();
    time.advance(Duration.ofSeconds(2));

    assertThat(ran).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void dropsWhatWaitsWhenItIsClosedAndTakesNoMore() {
    time.schedule(Duration.ofSeconds(1), () -> ran.add("never"));
    time.close();
    time.schedule(Duration.ofSeconds(1), () -> ran.add("never")).cancel();

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).isEmpty();
  }

  @Test
  void refusesToGoBack() {
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
        .hasMessage("time goes forward only, got PT-1S");
  }
}
