package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A task that runs again and again until it is taken back. Safe for many threads. */
final class Repeating implements Scheduled {
  private final Scheduler scheduler;
  private final Duration every;
  private final Runnable task;
  private @Nullable Scheduled next;
  private boolean cancelled;

  private Repeating(Scheduler scheduler, Duration every, Runnable task) {
    this.scheduler = scheduler;
    this.every = every;
    this.task = task;
  }

  static Repeating start(Scheduler scheduler, Duration every, Runnable task) {
    Repeating repeating = new Repeating(scheduler, every, task);
    repeating.again();
    return repeating;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    if (next != null) {
      next.cancel();
    }
  }

  private synchronized void again() {
    if (!cancelled) {
      next =
          scheduler.schedule(
              every,
              () -> {
                again();
                task.run();
              });
    }
  }
}
