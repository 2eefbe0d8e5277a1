package io.terraorbit.foundation.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.health.Health;
import io.terraorbit.foundation.lifecycle.CloseReport.Outcome;
import io.terraorbit.foundation.time.Deadline;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final VirtualTime time = new VirtualTime();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Lifecycle program = open(Duration.ZERO);

  private Lifecycle open(Duration drain) {
    return Lifecycle.open(new LifecycleSettings(drain, GRACE), time, time);
  }

  private AutoCloseable part(String name) {
    return () -> events.add(name);
  }

  @Test
  void closesInTheReverseOrder() {
    program.add("database", part("database"));
    program.add("server", part("server"));

    CloseReport report = program.closeAll();

    assertThat(events).containsExactly("server", "database");
    assertThat(report.clean()).isTrue();
    assertThat(report.parts())
        .extracting(CloseReport.Part::name)
        .containsExactly("server", "database");
  }

  @Test
  void closesTheOthersWhenOneFails() {
    program.add("database", part("database"));
    IOException disk = new IOException("disk");
    program.add(
        "broken",
        () -> {
          throw disk;
        });
    program.add(
        "worse",
        () -> {
          throw new AssertionError("a part's own mistake");
        });

    CloseReport report = program.closeAll();

    assertThat(events).containsExactly("database");
    assertThat(report.clean()).isFalse();
    assertThat(report.parts())
        .extracting(CloseReport.Part::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.CLOSED);
    assertThat(report.parts().get(1).failure()).isSameAs(disk);
    assertThat(report.parts().get(0).failure()).hasRootCauseInstanceOf(AssertionError.class);
  }

  @Test
  void abandonsAPartThatTakesTooLong() throws Exception {
    program.add("database", part("database"));
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    program.add(
        "stuck",
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
          }
        });
    CompletableFuture<CloseReport> closing = CompletableFuture.supplyAsync(program::closeAll);
    begun.await();
    time.advance(GRACE);

    CloseReport report = closing.get(20, TimeUnit.SECONDS);
    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(events).containsExactly("database");
    assertThat(report.parts().get(0))
        .isEqualTo(new CloseReport.Part("stuck", Outcome.ABANDONED, GRACE, null));
  }

  @Test
  void closesOnceAndMakesTheSecondCallerWait() {
    program.add("database", part("database"));
    CloseReport first = program.closeAll();

    assertThat(program.closeAll()).isEqualTo(first);
    program.close();
    assertThat(events).containsExactly("database");
  }

  @Test
  void closesAPartThatComesTooLate() {
    program.close();

    assertThatThrownBy(() -> program.add("late", part("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("'late' comes too late: the program is being closed");
    assertThat(events).containsExactly("late");
    assertThatThrownBy(
            () ->
                program.add(
                    "broken",
                    () -> {
                      throw new IOException("disk");
                    }))
        .hasSuppressedException(new IOException("disk"));
  }

  @Test
  void isUnreadyWhileItDrainsAndClosesNothingBefore() throws Exception {
    Lifecycle draining = open(Duration.ofSeconds(3));
    Deadline any = Deadline.after(Duration.ofSeconds(1), time);
    draining.add("server", part("server"));
    assertThat(draining.readiness().name()).isEqualTo("lifecycle");
    assertThat(draining.readiness().check(any)).isEqualTo(Health.up());

    CompletableFuture<CloseReport> closing = CompletableFuture.supplyAsync(draining::closeAll);
    while (time.pending() == 0) {
      Thread.onSpinWait();
    }
    assertThat(draining.readiness().check(any))
        .isEqualTo(Health.down("the program is being closed"));
    assertThat(events).isEmpty();

    time.advance(Duration.ofSeconds(3));
    assertThat(closing.get(20, TimeUnit.SECONDS).clean()).isTrue();
    assertThat(events).containsExactly("server");
  }

  @Test
  void closesToTheEndThoughItIsInterrupted() {
    program.add("database", part("database"));
    Thread.currentThread().interrupt();

    assertThat(program.closeAll().clean()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void waitsUntilItIsToldToEnd() throws Exception {
    CompletableFuture<Void> main =
        CompletableFuture.runAsync(
            () -> {
              try (program) {
                program.add("server", part("server"));
                program.awaitEnd();
                events.add("ended");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    program.end();

    main.get(20, TimeUnit.SECONDS);
    assertThat(events).containsExactly("ended", "server");
  }

  @Test
  void goesOnWhenTheWaitingThreadIsInterrupted() {
    program.add("server", part("server"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(program::awaitEnd).isInstanceOf(InterruptedException.class);
    assertThat(events).isEmpty();
  }

  @Test
  void refusesBoundsThatAreNone() {
    assertThatThrownBy(() -> new LifecycleSettings(Duration.ofSeconds(-1), GRACE))
        .hasMessage(
            "a lifecycle needs drain >= 0 and closeGrace > 0, got drain=PT-1S closeGrace=PT10S");
    assertThatThrownBy(() -> new LifecycleSettings(Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LifecycleSettings.defaults().closeGrace()).isPositive();
  }
}
