package io.terraorbit.foundation.health;

import io.terraorbit.foundation.time.Deadline;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One check with its last answer. Safe for many threads. */
final class Probe {
  private final HealthCheck check;
  private final Duration timeout;
  private final Duration fresh;
  private final TimeSource time;
  private final Scheduler scheduler;
  private final Executor executor;

  private @Nullable Asked last;
  private boolean running;

  Probe(
      HealthCheck check,
      Duration timeout,
      Duration fresh,
      TimeSource time,
      Scheduler scheduler,
      Executor executor) {
    this.check = check;
    this.timeout = timeout;
    this.fresh = fresh;
    this.time = time;
    this.scheduler = scheduler;
    this.executor = executor;
  }

  HealthCheck check() {
    return check;
  }

  /** The answer that is fresh or under way, or that of a check that starts now. */
  synchronized Asked ask() {
    if (last != null && (running || time.since(last.since).compareTo(fresh) < 0)) {
      return last;
    }
    Asked asked = new Asked(time.nanoTime(), new CompletableFuture<>());
    last = asked;
    running = true;
    Deadline deadline = Deadline.after(timeout, time);
    Scheduled alarm =
        scheduler.schedule(
            timeout,
            () ->
                asked.answer.complete(
                    Health.down("it has not answered within " + timeout.toMillis() + " ms")));
    try {
      executor.execute(() -> run(asked, deadline, alarm));
    } catch (RejectedExecutionException e) {
      running = false;
      alarm.cancel();
      asked.answer.complete(Health.down("the program is being closed"));
    }
    return asked;
  }

  private void run(Asked asked, Deadline deadline, Scheduled alarm) {
    Health health = Health.down("it ended without an answer");
    try {
      health = deadline.call(() -> check.check(deadline));
    } catch (Exception e) {
      String why = e.getMessage();
      health = Health.down(why == null ? e.getClass().getSimpleName() : why);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    } finally {
      synchronized (this) {
        running = false;
      }
      alarm.cancel();
      asked.answer.complete(health);
    }
  }

  /**
   * One asking.
   *
   * @param since when it began, on the monotonic clock
   * @param answer always comes, by the check or by the alarm
   */
  record Asked(long since, CompletableFuture<Health> answer) {
    Health await() {
      try {
        return answer.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Health.down("whoever asked was interrupted");
      } catch (ExecutionException e) {
        throw new IllegalStateException("an answer is never a failure", e);
      }
    }
  }
}
