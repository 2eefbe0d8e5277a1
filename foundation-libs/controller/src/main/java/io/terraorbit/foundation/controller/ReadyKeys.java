package io.terraorbit.foundation.controller;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that wait for a worker: one first-in-first-out list per band, linked through the records
 * so that a key leaves the middle of a list in constant time.
 *
 * <p>The most urgent band is served first, unless a band has been passed over {@code bound - 2}
 * times. At most two bands can get there together and the longer neglected one goes first, hence
 * among any {@code bound} picks every band that had a key all the while is served at least once.
 */
final class ReadyKeys<K> {
  private final int bound;
  private final List<Lane<K>> lanes; // by the ordinals of the bands
  private int waiting;

  ReadyKeys(int bound) {
    if (bound < Band.values().length) {
      throw new IllegalArgumentException(
          "the starvation bound must allow a turn for each of the %d bands, got %d"
              .formatted(Band.values().length, bound));
    }
    this.bound = bound;
    this.lanes = Stream.of(Band.values()).map(band -> new Lane<K>()).toList();
  }

  void append(KeyRecord<K> record) {
    lane(record.band).append(record);
    waiting++;
  }

  void remove(KeyRecord<K> record) {
    lane(record.band).remove(record);
    waiting--;
  }

  @Nullable KeyRecord<K> poll() {
    if (waiting == 0) {
      return null;
    }
    Lane<K> chosen = null;
    for (int i = 0; i < lanes.size(); i++) { // no iterator: this is the hot path
      Lane<K> lane = lanes.get(i);
      if (lane.first != null && (chosen == null || moreOverdue(lane, chosen))) {
        chosen = lane;
      }
    }
    return chosen == null ? null : serve(chosen);
  }

  int size(Band band) {
    return lane(band).size;
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  /** When the key that has been ready the longest became so; {@code now} when there is none. */
  long oldestReadyAt(long now) {
    long oldest = now;
    for (Lane<K> lane : lanes) {
      if (lane.first != null && lane.first.readyAt - oldest < 0) {
        oldest = lane.first.readyAt;
      }
    }
    return oldest;
  }

  private boolean moreOverdue(Lane<K> lane, Lane<K> than) {
    return lane.passedOver >= bound - 2 && lane.passedOver > than.passedOver;
  }

  private @Nullable KeyRecord<K> serve(Lane<K> chosen) {
    for (int i = 0; i < lanes.size(); i++) {
      Lane<K> lane = lanes.get(i);
      lane.passedOver = lane == chosen || lane.first == null ? 0 : lane.passedOver + 1;
    }
    KeyRecord<K> record = chosen.first;
    if (record != null) {
      remove(record);
    }
    return record;
  }

  @SuppressWarnings("EnumOrdinal") // An EnumMap does the same with one more step.
  private Lane<K> lane(Band band) {
    return lanes.get(band.ordinal());
  }

  private static final class Lane<K> {
    @Nullable KeyRecord<K> first;
    @Nullable KeyRecord<K> last;
    int size;
    int passedOver;

    void append(KeyRecord<K> record) {
      record.ready = true;
      record.previous = last;
      if (last == null) {
        first = record;
      } else {
        last.next = record;
      }
      last = record;
      size++;
    }

    void remove(KeyRecord<K> record) {
      KeyRecord<K> before = record.previous;
      KeyRecord<K> after = record.next;
      if (before == null) {
        first = after;
      } else {
        before.next = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.previous = before;
      }
      record.previous = null;
      record.next = null;
      record.ready = false;
      size--;
      if (first == null) {
        passedOver = 0;
      }
    }
  }
}
