package io.terraorbit.foundation.controller;

import java.util.EnumMap;
import java.util.Map;
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
  private final Map<Band, Lane<K>> lanes = new EnumMap<>(Band.class);

  ReadyKeys(int bound) {
    if (bound < Band.values().length) {
      throw new IllegalArgumentException(
          "the starvation bound must allow a turn for each of the %d bands, got %d"
              .formatted(Band.values().length, bound));
    }
    this.bound = bound;
    for (Band band : Band.values()) {
      lanes.put(band, new Lane<>());
    }
  }

  void append(KeyRecord<K> record) {
    lane(record.band).append(record);
  }

  void remove(KeyRecord<K> record) {
    lane(record.band).remove(record);
  }

  @Nullable KeyRecord<K> poll() {
    Lane<K> chosen = null;
    for (Lane<K> lane : lanes.values()) {
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
    return lanes.values().stream().allMatch(lane -> lane.first == null);
  }

  /** When the key that has been ready the longest became so; {@code now} when there is none. */
  long oldestReadyAt(long now) {
    long oldest = now;
    for (Lane<K> lane : lanes.values()) {
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
    for (Lane<K> lane : lanes.values()) {
      lane.passedOver = lane == chosen || lane.first == null ? 0 : lane.passedOver + 1;
    }
    KeyRecord<K> record = chosen.first;
    if (record != null) {
      chosen.remove(record);
    }
    return record;
  }

  private Lane<K> lane(Band band) {
    Lane<K> lane = lanes.get(band);
    if (lane == null) {
      throw new IllegalStateException("no lane for band " + band);
    }
    return lane;
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
