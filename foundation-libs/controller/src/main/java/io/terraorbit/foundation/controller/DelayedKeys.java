package io.terraorbit.foundation.controller;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that wait for a time: a binary heap whose entries know their place, so that a due time
 * moves in logarithmic time and nothing stale stays behind. Equal times keep their order of
 * arrival. Due times are compared by subtraction, as {@link System#nanoTime()} asks.
 */
final class DelayedKeys<K> {
  private final List<KeyRecord<K>> heap = new ArrayList<>();
  private long arrivals;

  /** Adds the record, or moves it, to the given due time. */
  void put(KeyRecord<K> record, long due) {
    if (record.heapIndex < 0) {
      record.heapIndex = heap.size();
      record.order = arrivals++;
      heap.add(record);
    }
    record.due = due;
    siftDown(siftUp(record));
  }

  void remove(KeyRecord<K> record) {
    if (record.heapIndex < 0) {
      return;
    }
    KeyRecord<K> last = heap.remove(heap.size() - 1);
    if (last != record) {
      place(last, record.heapIndex);
      siftDown(siftUp(last));
    }
    record.heapIndex = -1;
  }

  @Nullable KeyRecord<K> first() {
    return heap.isEmpty() ? null : heap.get(0);
  }

  int size() {
    return heap.size();
  }

  private KeyRecord<K> siftUp(KeyRecord<K> record) {
    int index = record.heapIndex;
    while (index > 0) {
      KeyRecord<K> parent = heap.get((index - 1) / 2);
      if (!before(record, parent)) {
        break;
      }
      int above = parent.heapIndex;
      place(parent, index);
      index = above;
    }
    place(record, index);
    return record;
  }

  private void siftDown(KeyRecord<K> record) {
    int index = record.heapIndex;
    for (KeyRecord<K> child = smallerChild(index);
        child != null && before(child, record);
        child = smallerChild(index)) {
      int below = child.heapIndex;
      place(child, index);
      index = below;
    }
    place(record, index);
  }

  private @Nullable KeyRecord<K> smallerChild(int index) {
    int at = 2 * index + 1;
    if (at >= heap.size()) {
      return null;
    }
    KeyRecord<K> left = heap.get(at);
    if (at + 1 == heap.size()) {
      return left;
    }
    KeyRecord<K> right = heap.get(at + 1);
    return before(right, left) ? right : left;
  }

  private void place(KeyRecord<K> record, int index) {
    heap.set(index, record);
    record.heapIndex = index;
  }

  private static boolean before(KeyRecord<?> one, KeyRecord<?> other) {
    return one.due != other.due ? one.due - other.due < 0 : one.order < other.order;
  }
}
