package io.terraorbit.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.time.Deadline;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthMonitorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger asked = new AtomicInteger();
  private HealthMonitor monitor = open();

  private interface Body {
    Health check(Deadline deadline) throws Exception;
  }

  private record Check(String name, boolean affectsReadiness, Body body) implements HealthCheck {
    @Override
    public Health check(Deadline deadline) throws Exception {
      return body.check(deadline);
    }
  }

  private HealthMonitor open(Check... checks) {
    return HealthMonitor.open(List.of(checks), TIMEOUT, FRESH, time, time);
  }

  private Check counting(Health health) {
    return new Check(
        "counting",
        true,
        deadline -> {
          asked.incrementAndGet();
          return health;
        });
  }

  private Check stuck(CountDownLatch begun, CountDownLatch release) {
    return new Check(
        "stuck",
        true,
        deadline -> {
          asked.incrementAndGet();
          begun.countDown();
          release.await();
          return Health.up();
        });
  }

  @AfterEach
  void close() {
    monitor.close();
  }

  @Test
  void isReadyWithNothingToAsk() {
    assertThat(monitor.report().ready()).isTrue();
  }

  @Test
  void tellsOfEveryCheckInOrder() {
    monitor =
        open(
            new Check("b", true, deadline -> Health.up()),
            new Check("a", true, deadline -> Health.degraded("slow")));

    HealthReport report = monitor.report();
    assertThat(report.checks().keySet()).containsExactly("b", "a");
    assertThat(report.checks()).containsEntry("a", new Health.Degraded("slow"));
    assertThat(report.ready()).isTrue();
  }

  @Test
  void isNotReadyWithoutWhatItNeedsButWithoutWhatItCanSpare() {
    monitor =
        open(
            new Check("spare", false, deadline -> Health.down("gone")),
            new Check("need", true, deadline -> Health.up()));
    assertThat(monitor.report().ready()).isTrue();

    monitor.close();
    monitor = open(new Check("need", true, deadline -> Health.down("gone")));
    assertThat(monitor.report().ready()).isFalse();
  }

  @Test
  void takesAFailureForDown() {
    monitor =
        open(
            new Check(
                "loud",
                true,
                deadline -> {
                  throw new java.io.IOException("refused");
                }),
            new Check(
                "silent",
                true,
                deadline -> {
                  throw new IllegalStateException();
                }));

    assertThat(monitor.report().checks())
        .containsEntry("loud", new Health.Down("refused"))
        .containsEntry("silent", new Health.Down("IllegalStateException"));
  }

  @Test
  void answersForACheckThatDiesOfAnError() {
    monitor =
        open(
            new Check(
                "dies",
                true,
                deadline -> {
                  throw new NoClassDefFoundError("on purpose");
                }));

    assertThat(monitor.report().checks())
        .containsEntry("dies", new Health.Down("it ended without an answer"));
  }

  @Test
  void keepsAnAnswerForAWhile() {
    monitor = open(counting(Health.up()));
    monitor.report();
    time.advance(FRESH.minusMillis(1));
    monitor.report();
    assertThat(asked).hasValue(1);

    time.advance(Duration.ofMillis(1));
    monitor.report();
    assertThat(asked).hasValue(2);
  }

  @Test
  void givesEachCheckTheTimeoutAsItsDeadline() {
    monitor =
        open(
            new Check(
                "deadline",
                true,
                deadline ->
                    deadline.remaining(time).equals(TIMEOUT)
                            && Deadline.current().equals(java.util.Optional.of(deadline))
                        ? Health.up()
                        : Health.down("another deadline")));

    assertThat(monitor.report().ready()).isTrue();
  }

  @Test
  void answersInTimeForACheckThatDoesNotAndAsksItNoSecondTimeMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    monitor = open(stuck(begun, release));
    CompletableFuture<HealthReport> report = CompletableFuture.supplyAsync(monitor::report);
    begun.await();

    time.advance(TIMEOUT);
    Health late = new Health.Down("it has not answered within 2000 ms");
    assertThat(report.get(20, TimeUnit.SECONDS).checks()).containsEntry("stuck", late);

    time.advance(FRESH.multipliedBy(3));
    assertThat(monitor.report().checks()).containsEntry("stuck", late);
    assertThat(asked).hasValue(1);

    release.countDown();
    while (!monitor.report().ready()) {
      time.advance(FRESH);
    }
    assertThat(asked).hasValueGreaterThan(1);
  }

  @Test
  void tellsThatAllIsDownOnceItIsClosed() {
    monitor = open(counting(Health.up()));
    monitor.close();
    monitor.close();

    assertThat(monitor.report().checks())
        .containsEntry("counting", new Health.Down("the program is being closed"));
    assertThat(asked).hasValue(0);
  }

  @Test
  void answersWhoeverIsInterrupted() {
    monitor = open(stuck(new CountDownLatch(1), new CountDownLatch(1)));
    Thread.currentThread().interrupt();

    assertThat(monitor.report().checks())
        .containsEntry("stuck", new Health.Down("whoever asked was interrupted"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesTwoChecksOfOneName() {
    assertThatThrownBy(() -> open(counting(Health.up()), counting(Health.up())))
        .hasMessage("each health check has a name of its own, got [counting, counting]");
  }
}
