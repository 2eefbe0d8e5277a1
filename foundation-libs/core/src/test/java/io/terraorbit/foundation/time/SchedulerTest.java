package io.terraorbit.foundation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  @Test
  void runsATaskOnItsNamedDaemonThread() throws Exception {
    try (Scheduler scheduler = Scheduler.open("alarm")) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      scheduler.schedule(Duration.ofMillis(1), () -> ran.complete(Thread.currentThread()));

      Thread thread = ran.get(20, TimeUnit.SECONDS);
      assertThat(thread.getName()).isEqualTo("alarm");
      assertThat(thread.isDaemon()).isTrue();
    }
  }

  @Test
  void survivesATaskThatThrows() throws Exception {
    try (Scheduler scheduler = Scheduler.open("alarm")) {
      CompletableFuture<Boolean> ran = new CompletableFuture<>();
      scheduler.schedule(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("on purpose");
          });
      scheduler.schedule(Duration.ZERO, () -> ran.complete(true));

      assertThat(ran.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void runsNeitherACancelledTaskNorOneAfterClosing() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Boolean> marker = new CompletableFuture<>();
    try (Scheduler scheduler = Scheduler.open("alarm")) {
      scheduler.schedule(Duration.ofMillis(20), () -> ran.set(true)).cancel();
      scheduler.schedule(Duration.ofMillis(40), () -> marker.complete(true));
      marker.get(20, TimeUnit.SECONDS);
      scheduler.close();
      scheduler.schedule(Duration.ZERO, () -> ran.set(true));
    }
    assertThat(ran).isFalse();
  }

  @Test
  void theSystemClockMovesForward() {
    TimeSource time = TimeSource.system();
    long begun = time.nanoTime();

    assertThat(time.since(begun)).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(time.instant()).isAfter(Instant.parse("2024-01-01T00:00:00Z"));
  }
}
