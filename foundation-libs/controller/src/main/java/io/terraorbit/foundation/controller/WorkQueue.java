package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The keys that want to be looked at, each handed to one worker at a time.
 *
 * <p>Any number of events for a key before its run become one run; any number during its run become
 * one more. A failed key comes back after its {@link Backoff}; a success forgets the failures and
 * the pending retry. Reminders are kept apart from retries: the earliest one counts, and a run that
 * begins drops it.
 *
 * <p>There is no helper thread: of the workers that wait, one (the leader) waits for the next due
 * time and the others until they are called, so a due key wakes one thread and not all. Safe for
 * many threads. Whoever builds it shuts it down.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class WorkQueue<K> implements AutoCloseable {
  private static final Cause SIGNAL = new Cause("signal", "");

  private final TimeSource time;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();
  private final Condition quiet = lock.newCondition();

  // All below are guarded by the lock.
  private final QueueCore<K> core;
  private @Nullable Thread leader;
  private long leaderDue;
  private boolean closed;
  private boolean cutShort;
  private long completedSinceClose;
  private final Set<K> droppedReady = new LinkedHashSet<>();
  private final Set<K> droppedDelayed = new LinkedHashSet<>();

  private WorkQueue(Builder builder) {
    this.time = builder.time;
    this.clock = time::nanoTime;
    this.core =
        new QueueCore<>(
            builder.starvationBound, builder.backoff, builder.eventFloor, builder.random);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** As {@link #add(Object, Band, Cause)}, of the normal band, as a bare signal. */
  public boolean add(K key) {
    return add(key, Band.NORMAL, SIGNAL);
  }

  /**
   * Asks for a run as soon as possible; a failing key waits for the event floor first.
   *
   * @param cause kept for whoever claims the key
   * @return false after a shutdown began
   */
  public boolean add(K key, Band band, Cause cause) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      core.add(key, band, cause, time.nanoTime());
      callOne();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks for a run later, unless one begins before.
   *
   * @return false after a shutdown began
   */
  public boolean remind(K key, Duration after) {
    if (after.isNegative()) {
      throw new IllegalArgumentException("a reminder needs zero or more, got " + after);
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      core.remind(key, after, Band.NORMAL, time.nanoTime());
      callOne();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a key.
   *
   * @return empty when the queue is shut down and will hand out nothing more
   */
  public Optional<Claim<K>> take() throws InterruptedException {
    return claimWithin(null);
  }

  /**
   * Waits for a key, not longer than {@code max}; zero never waits and reads the clock once.
   *
   * @return empty when the time is over or the queue is shut down
   */
  public Optional<Claim<K>> poll(Duration max) throws InterruptedException {
    return claimWithin(max);
  }

  /** What the queue holds now. */
  public QueueStats stats() {
    lock.lock();
    try {
      return core.stats(time.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the queue: no new work is taken. May be called by any thread, again, and at the same time;
   * {@code now} after {@code drain} cuts the drain short. An interrupt ends the wait of a drain as
   * its time limit does, and stays set.
   *
   * @return what became of the work, as far as this caller waited for it
   */
  public ShutdownReport<K> shutdown(Shutdown how) {
    lock.lock();
    try {
      closed = true;
      droppedDelayed.addAll(core.dropDelayed(time.nanoTime()));
      available.signalAll();
      if (how instanceof Shutdown.Drain drain) {
        awaitQuiet(QueueCore.later(time.nanoTime(), drain.max()));
      } else {
        cutShort = true;
      }
      droppedReady.addAll(core.dropReady());
      available.signalAll();
      quiet.signalAll();
      return new ShutdownReport<>(
          completedSinceClose,
          List.copyOf(droppedReady),
          List.copyOf(droppedDelayed),
          core.runningKeys());
    } finally {
      lock.unlock();
    }
  }

  /** As {@link Shutdown.Now}. */
  @Override
  public void close() {
    shutdown(Shutdown.now());
  }

  boolean complete(Claim<K> claim, Outcome outcome) {
    lock.lock();
    try {
      if (!core.complete(claim, outcome, clock)) {
        return false;
      }
      if (closed) {
        completedSinceClose++;
        if (core.dropTimers(claim.record())) {
          droppedDelayed.add(claim.key());
        }
        available.signalAll();
        quiet.signalAll();
      } else {
        callOne();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Number of keys with a record; for tests. */
  int size() {
    lock.lock();
    try {
      return core.size();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Claim<K>> claimWithin(@Nullable Duration max) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = time.nanoTime();
      Long deadline = max == null ? null : QueueCore.later(now, max);
      while (true) {
        Claim<K> claim = core.claim(this, now);
        if (claim != null) {
          return Optional.of(claim);
        }
        boolean over = deadline != null && deadline - now <= 0;
        if (over || (closed && core.dirty() == 0)) {
          return Optional.empty();
        }
        awaitChange(deadline, now);
        now = time.nanoTime();
      }
    } finally {
      callOne();
      lock.unlock();
    }
  }

  /** Waits as the leader until the next key is due, or as a follower until called. */
  private void awaitChange(@Nullable Long deadline, long now) throws InterruptedException {
    KeyRecord<K> first = core.firstDelayed();
    long limit = deadline == null ? Long.MAX_VALUE : deadline - now;
    if (first == null || leader != null) {
      awaitCall(limit);
      return;
    }
    Thread me = Thread.currentThread();
    leader = me;
    leaderDue = first.due;
    try {
      awaitCall(Math.min(limit, first.due - now));
    } finally {
      if (leader == me) {
        leader = null;
      }
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The loop is in claimWithin.
  private void awaitCall(long nanos) throws InterruptedException {
    // The caller asks its own clock whether the time is over.
    long unused = available.awaitNanos(nanos);
  }

  /** Wakes one worker if there is a key for it, or if the next due time has no one waiting. */
  private void callOne() {
    KeyRecord<K> first = core.firstDelayed();
    if (leader != null && first != null && first.due - leaderDue < 0) {
      leader = null;
    }
    if (core.hasReady() || (leader == null && first != null)) {
      available.signal();
    }
  }

  private void awaitQuiet(long deadline) {
    try {
      long left = deadline - time.nanoTime();
      while (left > 0 && !cutShort && (core.hasReady() || core.running() > 0)) {
        long unused = quiet.awaitNanos(left);
        left = deadline - time.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Choices of a queue; every one has a default. Confined to one thread. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  public static final class Builder {
    private int starvationBound = 16;
    private Backoff backoff = Backoff.standard();
    private Duration eventFloor = Duration.ofSeconds(1);
    private TimeSource time = TimeSource.system();
    private RandomGenerator random = Randomness.system();

    private Builder() {}

    /**
     * Among any {@code claims} claims in a row, each band that has a key all the while is served at
     * least once; 3 or more, default 16.
     */
    public Builder starvationBound(int claims) {
      starvationBound = claims;
      return this;
    }

    /** The wait after failures; default {@link Backoff#standard()}. */
    public Builder backoff(Backoff wait) {
      backoff = wait;
      return this;
    }

    /**
     * An event pulls a failing key forward, but not nearer to its last failure than this (or than
     * its back-off, if that is shorter); otherwise a run that fails after causing an event would
     * repeat without pause. Default one second.
     */
    public Builder eventFloor(Duration sinceFailure) {
      eventFloor = sinceFailure;
      return this;
    }

    public Builder time(TimeSource clock) {
      time = clock;
      return this;
    }

    /** For jitter; called under the queue's lock only. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    public <K> WorkQueue<K> build() {
      return new WorkQueue<>(this);
    }
  }
}
