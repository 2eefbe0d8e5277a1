package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What {@link WorkQueue} promises, kept naively: every question looks at every key. */
final class QueueModel {
  private final Map<Integer, Entry> entries = new TreeMap<>();
  private final Map<Band, Integer> passedOver = new TreeMap<>();
  private final Backoff backoff;
  private final Duration floor;
  private final int bound;
  private long arrivals;

  QueueModel(Backoff backoff, Duration floor, int bound) {
    this.backoff = backoff;
    this.floor = floor;
    this.bound = bound;
  }

  private static final class Entry {
    boolean running;
    Band readyIn;
    long readyAt;
    long arrival;
    Band dirty;
    Band band = Band.BACKGROUND;
    int failures;
    Long retryAt;
    long notBefore;
    Long remindAt;
    Band remindBand;

    void ready(Band in, long at, long order) {
      readyIn = in;
      readyAt = at;
      arrival = order;
      band = in;
      retryAt = null;
      remindAt = null;
      remindBand = null;
    }

    long due() {
      long reminder = remindAt == null ? Long.MAX_VALUE : remindAt;
      if (retryAt == null) {
        return reminder;
      }
      return Math.min(retryAt, remindAt == null ? reminder : Math.max(remindAt, notBefore));
    }

    boolean waits() {
      return !running && readyIn == null && (retryAt != null || remindAt != null);
    }
  }

  void added(int key, Band band, long now) {
    advance(now);
    event(entry(key), band, now);
  }

  private void event(Entry entry, Band band, long now) {
    if (entry.running) {
      entry.dirty = entry.dirty == null ? band : entry.dirty.atLeast(band);
    } else if (entry.readyIn != null) {
      if (band.compareTo(entry.readyIn) < 0) {
        Band left = entry.readyIn;
        entry.ready(band, now, arrivals++);
        if (entries.values().stream().noneMatch(e -> e.readyIn == left)) {
          passedOver.put(left, 0);
        }
      }
    } else if (entry.retryAt == null) {
      entry.ready(band, now, arrivals++);
    } else {
      entry.band = entry.band.atLeast(band);
      entry.retryAt = Math.min(entry.retryAt, entry.notBefore);
      advance(now);
    }
  }

  void reminded(int key, Duration after, Band band, long now) {
    advance(now);
    Entry entry = entry(key);
    if (entry.readyIn == null) {
      long at = now + after.toNanos();
      entry.remindAt = entry.remindAt == null ? at : Math.min(entry.remindAt, at);
      entry.remindBand = entry.remindBand == null ? band : entry.remindBand.atLeast(band);
    }
  }

  void claimed(Claim<Integer> claim, long now) {
    advance(now);
    Entry entry = entry(claim.key());
    assertThat(entry.running).as("Q1: one claim per key").isFalse();
    assertThat(entry.readyIn).as("Q3, Q6, Q7: only a key that is due runs").isNotNull();
    assertThat(claim.band()).isEqualTo(entry.readyIn);
    assertThat(claim.failures()).isEqualTo(entry.failures);
    for (Entry other : entries.values()) {
      if (other.readyIn == entry.readyIn) {
        assertThat(entry.readyAt).as("Q4: first in, first out").isLessThanOrEqualTo(other.readyAt);
      }
    }
    countTurns(entry.readyIn);
    entry.readyIn = null;
    entry.running = true;
  }

  private void countTurns(Band served) {
    for (Band band : Band.values()) {
      boolean waits = entries.values().stream().anyMatch(e -> e.readyIn == band);
      int turns = band == served || !waits ? 0 : passedOver.getOrDefault(band, 0) + 1;
      assertThat(turns).as("Q5: no band waits for ever").isLessThan(bound);
      passedOver.put(band, turns);
    }
  }

  void completed(int key, Outcome outcome, long now) {
    advance(now);
    Entry entry = entry(key);
    if (outcome instanceof Outcome.Again again) {
      reminded(key, again.after(), again.band(), now);
    }
    entry.running = false;
    entry.remindAt = entry.remindAt == null ? null : (Long) Math.max(entry.remindAt, now);
    if (outcome instanceof Outcome.Failed) {
      entry.failures++;
      Duration delay = backoff.delay(entry.failures, new SplittableRandom(1));
      entry.retryAt = now + delay.toNanos();
      entry.notBefore = now + Math.min(delay.toNanos(), floor.toNanos());
    } else {
      entry.failures = 0;
    }
    if (entry.dirty != null) {
      Band wanted = entry.dirty;
      entry.dirty = null;
      event(entry, wanted, now);
    }
  }

  void nothingIsReady(long now) {
    assertThat(wantToRun(now)).as("Q2, Q3: every key that wants to run can").isEmpty();
  }

  List<Integer> wantToRun(long now) {
    return keys(now, e -> e.readyIn != null || e.dirty != null);
  }

  List<Integer> delayed(long now) {
    return keys(now, e -> e.readyIn == null && (e.retryAt != null || e.remindAt != null));
  }

  void check(QueueStats stats, long now) {
    for (Band band : Band.values()) {
      assertThat(stats.ready().get(band)).isEqualTo(keys(now, e -> e.readyIn == band).size());
    }
    assertThat(stats.running()).isEqualTo(keys(now, e -> e.running).size());
    assertThat(stats.dirty()).isEqualTo(keys(now, e -> e.dirty != null).size());
    assertThat(stats.retrying()).isEqualTo(keys(now, e -> e.waits() && e.retryAt != null).size());
    assertThat(stats.reminded()).isEqualTo(keys(now, e -> e.waits() && e.retryAt == null).size());
    long oldest = now;
    for (Entry entry : entries.values()) {
      oldest = entry.readyIn == null ? oldest : Math.min(oldest, entry.readyAt);
    }
    assertThat(stats.oldest()).isEqualTo(Duration.ofNanos(now - oldest));
  }

  private List<Integer> keys(long now, java.util.function.Predicate<Entry> wanted) {
    advance(now);
    return entries.entrySet().stream()
        .filter(e -> wanted.test(e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void advance(long now) {
    for (Entry entry : entries.values()) {
      if (entry.waits() && entry.due() <= now) {
        boolean reminder = entry.remindAt != null && entry.remindAt <= entry.due();
        Band band = entry.band;
        if (reminder) {
          band = entry.retryAt == null ? entry.remindBand : band.atLeast(entry.remindBand);
        }
        entry.ready(band, entry.due(), arrivals++);
      }
    }
  }

  private Entry entry(int key) {
    return entries.computeIfAbsent(key, k -> new Entry());
  }

  /** One call, made on the queue and on the model. */
  interface Step {
    void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open)
        throws InterruptedException;
  }

  record Add(int key, Band band) implements Step {
    @Override
    public void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open) {
      assertThat(queue.add(key, band, new Cause("signal", ""))).isTrue();
      model.added(key, band, time.nanoTime());
    }
  }

  record Remind(int key, Duration after) implements Step {
    @Override
    public void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open) {
      assertThat(queue.remind(key, after)).isTrue();
      model.reminded(key, after, Band.NORMAL, time.nanoTime());
    }
  }

  record Poll() implements Step {
    @Override
    public void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open)
        throws InterruptedException {
      Optional<Claim<Integer>> claim = queue.poll(Duration.ZERO);
      if (claim.isPresent()) {
        model.claimed(claim.get(), time.nanoTime());
        open.add(claim.get());
      } else {
        model.nothingIsReadyExceptDirty(time.nanoTime());
      }
    }
  }

  record Complete(int pick, Outcome outcome) implements Step {
    @Override
    public void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open) {
      if (open.isEmpty()) {
        return;
      }
      Claim<Integer> claim = open.remove(pick % open.size());
      assertThat(claim.complete(outcome)).isTrue();
      model.completed(claim.key(), outcome, time.nanoTime());
      assertThat(claim.complete(Outcome.done())).as("idempotent").isFalse();
    }
  }

  record Advance(Duration by) implements Step {
    @Override
    public void run(
        WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open) {
      time.advance(by);
    }
  }

  private void nothingIsReadyExceptDirty(long now) {
    assertThat(keys(now, e -> e.readyIn != null)).isEmpty();
  }
}
