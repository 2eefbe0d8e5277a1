package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * What became visible in a run: one list, one clock, one order; entries are only ever added. Safe
 * for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class RunHistory {
  /** Entries beyond this number are not kept; see {@link #truncated()}. */
  public static final int CAPACITY = 500_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<RunEvent> events = new ArrayList<>();
  private final TimeSource time;
  private final long zero;
  private final int capacity;
  private final Consumer<RunEvent> listener;
  private boolean truncated;

  RunHistory(TimeSource time, int capacity, Consumer<RunEvent> listener) {
    this.time = time;
    this.zero = time.nanoTime();
    this.capacity = capacity;
    this.listener = listener;
  }

  /** The entries so far, oldest first; an immutable copy. */
  public List<RunEvent> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /** Whether entries were lost because there were too many; nothing is concluded then. */
  public boolean truncated() {
    lock.lock();
    try {
      return truncated;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a fact that became visible now. */
  void append(Fact fact) {
    lock.lock();
    try {
      if (events.size() >= capacity) {
        truncated = true;
        return;
      }
      RunEvent event = new RunEvent(events.size() + 1L, now(), fact);
      events.add(event);
      listener.accept(event);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Microseconds since the run began. */
  long now() {
    return time.since(zero).toNanos() / 1_000;
  }

  int size() {
    lock.lock();
    try {
      return events.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there are more entries than {@code seen}, or the time is over. */
  void awaitMore(int seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (events.size() <= seen && left > 0) {
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the time pass. */
  static void pause(Duration duration) throws InterruptedException {
    new java.util.concurrent.CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
