package io.terraorbit.foundation.controller;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The queue's rules as plain transitions on a given time; {@link WorkQueue} adds the lock and the
 * waiting.
 *
 * <pre>
 *             add                    claim
 *   absent ─────────▶ ready(band) ───────────▶ running ◀──┐ add, remind: remembered
 *      │ remind          ▲  due                   │  └────┘
 *      └─────────▶ delayed(retryAt?, remindAt?) ◀─┤ failed, again, or a reminder set meanwhile
 *                                     ready(band) ◀┤ an event came meanwhile
 *                                          absent ◀┘ else
 * </pre>
 *
 * An arrow is a change of one key's state. A key is in one state at a time, so it can neither be
 * handed out twice nor be left with a stale timer; a key in no state has no record.
 */
final class QueueCore<K> {
  private static final Duration FOREVER = Duration.ofDays(365 * 50);

  private final Map<K, KeyRecord<K>> records = new HashMap<>();
  private final ReadyKeys<K> ready;
  private final DelayedKeys<K> delayed = new DelayedKeys<>();
  private final Backoff backoff;
  private final Duration eventFloor;
  private final RandomGenerator random;
  private int running;
  private int dirty;
  private int retrying;

  QueueCore(int starvationBound, Backoff backoff, Duration eventFloor, RandomGenerator random) {
    this.ready = new ReadyKeys<>(starvationBound);
    this.backoff = backoff;
    this.eventFloor = eventFloor;
    this.random = random;
  }

  void add(K key, Band band, Cause cause, long now) {
    advance(now);
    KeyRecord<K> record = records.computeIfAbsent(key, KeyRecord::new);
    record.addCause(cause, now);
    if (record.claim != null) {
      dirty += record.dirty == null ? 1 : 0;
      record.dirty = record.dirty == null ? band : record.dirty.atLeast(band);
    } else if (record.ready) {
      promote(record, band, now);
    } else if (record.retrying) {
      pullForward(record, band, now);
    } else {
      makeReady(record, band, now);
    }
  }

  void remind(K key, Duration after, Band band, long now) {
    advance(now);
    KeyRecord<K> record = records.computeIfAbsent(key, KeyRecord::new);
    if (record.ready) {
      return; // It runs before the reminder could fire.
    }
    record.remindAt(later(now, after), band);
    if (record.claim == null) {
      delayed.put(record, record.earliest());
    }
  }

  /** Hands out the next key, if one is ready at this time. */
  @Nullable Claim<K> claim(WorkQueue<K> owner, long now) {
    advance(now);
    KeyRecord<K> record = ready.poll();
    if (record == null) {
      return null;
    }
    Claim<K> claim = new Claim<>(owner, record, now - record.firstCauseAt, record.takeCauses());
    record.claim = claim;
    running++;
    return claim;
  }

  /** Ends a claim; false when it has ended before. Reads the clock only if a time matters. */
  boolean complete(Claim<K> claim, Outcome outcome, LongSupplier clock) {
    KeyRecord<K> record = claim.record();
    if (record.claim != claim) {
      return false;
    }
    record.claim = null;
    running--;
    if (outcome instanceof Outcome.Done
        && record.dirty == null
        && !record.delayed()
        && delayed.first() == null) {
      records.remove(record.key);
    } else {
      settleAt(record, outcome, clock.getAsLong());
    }
    return true;
  }

  private void settleAt(KeyRecord<K> record, Outcome outcome, long now) {
    advance(now);
    settle(record, outcome, now);
    Band wanted = record.dirty;
    if (wanted != null) {
      record.dirty = null;
      dirty--;
      if (record.retrying) {
        pullForward(record, wanted, now);
      } else {
        makeReady(record, wanted, now);
      }
    } else if (record.delayed()) {
      record.overdueSince(now);
      delayed.put(record, record.earliest());
    } else {
      records.remove(record.key);
    }
  }

  /** The delayed key that comes due next. */
  @Nullable KeyRecord<K> firstDelayed() {
    return delayed.first();
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  int running() {
    return running;
  }

  int dirty() {
    return dirty;
  }

  /** Number of keys that are known at all; zero at rest. */
  int size() {
    return records.size();
  }

  /** Forgets all that is delayed, the reminders of running keys too, and names it. */
  List<K> dropDelayed(long now) {
    advance(now);
    return List.copyOf(records.values()).stream().filter(this::dropTimers).map(r -> r.key).toList();
  }

  /** Forgets all that wants to run at once, also a further run of a running key, and names it. */
  List<K> dropReady() {
    return List.copyOf(records.values()).stream().filter(this::dropRun).map(r -> r.key).toList();
  }

  /** Forgets the record's retry and reminder; false when it has none. */
  boolean dropTimers(KeyRecord<K> record) {
    if (!record.delayed()) {
      return false;
    }
    delayed.remove(record);
    forgetTimers(record);
    removeIfAbsent(record);
    return true;
  }

  private boolean dropRun(KeyRecord<K> record) {
    if (record.ready) {
      ready.remove(record);
    } else if (record.dirty != null) {
      record.dirty = null;
      dirty--;
    } else {
      return false;
    }
    removeIfAbsent(record);
    return true;
  }

  List<K> runningKeys() {
    return records.values().stream().filter(r -> r.claim != null).map(r -> r.key).toList();
  }

  QueueStats stats(long now) {
    advance(now);
    Map<Band, Integer> depths = new EnumMap<>(Band.class);
    for (Band band : Band.values()) {
      depths.put(band, ready.size(band));
    }
    Duration oldest = Duration.ofNanos(now - ready.oldestReadyAt(now));
    return new QueueStats(depths, retrying, delayed.size() - retrying, running, dirty, oldest);
  }

  /** A time far ahead, at most {@link #FOREVER}, so that comparing by subtraction stays right. */
  static long later(long now, Duration wait) {
    return now + (wait.compareTo(FOREVER) < 0 ? wait : FOREVER).toNanos();
  }

  private void settle(KeyRecord<K> record, Outcome outcome, long now) {
    if (outcome instanceof Outcome.Failed failed) {
      record.failures += record.failures == Integer.MAX_VALUE ? 0 : 1;
      Duration delay = backoff.delay(record.failures, random);
      Duration floor = delay.compareTo(eventFloor) < 0 ? delay : eventFloor;
      record.retryAt = later(now, delay);
      record.notBefore = later(now, floor);
      record.retryCause = "failure %d: %s".formatted(record.failures, failed.cause());
      record.retrying = true;
      retrying++;
    } else {
      record.failures = 0;
      if (outcome instanceof Outcome.Again again) {
        record.remindAt(later(now, again.after()), again.band());
      }
    }
  }

  /** Makes ready what has come due, each as of its own time. */
  private void advance(long now) {
    for (KeyRecord<K> first = delayed.first();
        first != null && first.due - now <= 0;
        first = delayed.first()) {
      comeDue(first, first.due);
    }
  }

  private void comeDue(KeyRecord<K> record, long now) {
    Band band = record.band;
    if (record.reminded && record.remindAt - now <= 0) {
      record.addCause(new Cause("reminder", ""), now);
      band = record.retrying ? band.atLeast(record.remindBand) : record.remindBand;
    }
    if (record.retrying && record.retryAt - now <= 0) {
      record.addCause(new Cause("retry", record.retryCause), now);
    }
    makeReady(record, band, now);
  }

  /** An event for a failing key: sooner than its retry, but not sooner than the floor. */
  private void pullForward(KeyRecord<K> record, Band band, long now) {
    record.band = record.band.atLeast(band);
    if (record.notBefore - now <= 0) {
      makeReady(record, record.band, now);
      return;
    }
    if (record.notBefore - record.retryAt < 0) {
      record.retryAt = record.notBefore;
    }
    delayed.put(record, record.earliest());
  }

  private void promote(KeyRecord<K> record, Band band, long now) {
    if (band.compareTo(record.band) < 0) {
      ready.remove(record);
      makeReady(record, band, now);
    }
  }

  private void makeReady(KeyRecord<K> record, Band band, long now) {
    delayed.remove(record);
    forgetTimers(record);
    record.band = band;
    record.readyAt = now;
    ready.append(record);
  }

  private void forgetTimers(KeyRecord<K> record) {
    retrying -= record.retrying ? 1 : 0;
    record.forgetTimers();
  }

  private void removeIfAbsent(KeyRecord<K> record) {
    if (record.claim == null && !record.ready && !record.delayed()) {
      records.remove(record.key);
    }
  }
}
