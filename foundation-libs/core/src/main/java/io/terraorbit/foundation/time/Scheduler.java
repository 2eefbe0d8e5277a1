package io.terraorbit.foundation.time;

import java.time.Duration;
import org.apiguardian.api.API;

/** Runs tasks later. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Scheduler extends AutoCloseable {
  /**
   * Runs {@code task} once, on the scheduler's thread, after {@code delay}. A task must be short;
   * what it throws is logged and does not hurt other tasks.
   *
   * @param delay zero or negative means as soon as possible
   * @return a handle that takes the task back, as long as it has not begun
   */
  Scheduled schedule(Duration delay, Runnable task);

  /** Drops all tasks that have not begun and ends the thread. Idempotent. */
  @Override
  void close();

  /** A task that waits for its time. */
  interface Scheduled {
    /** Takes the task back; does nothing when it has begun. */
    void cancel();
  }

  /** One daemon thread of the given name on the machine's clock; whoever opens it closes it. */
  static Scheduler open(String threadName) {
    return new SystemScheduler(threadName);
  }
}
