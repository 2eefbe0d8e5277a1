package io.terraorbit.foundation.time;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when told to: a clock and a scheduler in one, so that a test runs an hour of
 * back-off in a millisecond.
 *
 * <p>Safe for many threads; tasks run on the thread that calls {@link #advance(Duration)}, in order
 * of their due time and, at the same time, in the order in which they were scheduled. A task that
 * throws ends the {@code advance} that ran it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class VirtualTime implements TimeSource, Scheduler {
  private final Instant origin;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long nanos;
  private long sequence;
  private boolean closed;

  /** Starts at the given instant, with the monotonic clock at zero. */
  public VirtualTime(Instant origin) {
    this.origin = origin;
  }

  /** Starts at the beginning of 2026, UTC. */
  public VirtualTime() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Instant instant() {
    return origin.plusNanos(nanos);
  }

  @Override
  public synchronized Scheduled schedule(Duration delay, Runnable task) {
    if (closed) {
      return () -> {};
    }
    Task added = new Task(nanos + Math.max(0, delay.toNanos()), sequence++, task);
    tasks.add(added);
    return () -> cancel(added);
  }

  /** Moves time forward, running every task that comes due on the way, each at its own time. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time goes forward only, got " + by);
    }
    long target = nanoTime() + by.toNanos();
    for (Task due = nextDue(target); due != null; due = nextDue(target)) {
      due.action.run();
    }
  }

  /** Number of tasks that wait. */
  public synchronized int pending() {
    return tasks.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    tasks.clear();
  }

  private synchronized @Nullable Task nextDue(long target) {
    Task first = tasks.peek();
    if (first == null || first.due > target) {
      nanos = Math.max(nanos, target);
      return null;
    }
    nanos = Math.max(nanos, first.due);
    return tasks.poll();
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  private record Task(long due, long order, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
    }
  }
}
