package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache's objects, indexes and overlays, and how far they go in the server's history. Safe for
 * many threads.
 *
 * <p>One lock guards everything, so a reader never sees an index of another version than the
 * objects. {@code observed} rises with every event and bookmark; what comes at or below it is a
 * duplicate. An overlay is an own write that is above {@code observed}; it hides the object of its
 * key from readers and is dropped once {@code observed} reaches it, because from then on the
 * objects tell what became of it, even that it was deleted.
 */
final class CacheStore<T extends HasMetadata> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progressed = lock.newCondition();
  private final Map<ObjectKey, T> objects = new HashMap<>();
  private final Map<ObjectKey, T> overlays = new HashMap<>();
  private final Map<Index<T, ?>, IndexTable<T, ?>> indexes = new LinkedHashMap<>();
  private @Nullable ResourceVersion observed;
  private boolean closed;

  Optional<T> get(ObjectKey key) {
    return locked(
        () -> {
          T overlay = overlays.get(key);
          return Optional.ofNullable(overlay == null ? objects.get(key) : overlay);
        });
  }

  List<T> list() {
    return locked(
        () -> {
          Map<ObjectKey, T> seen = overlays.isEmpty() ? objects : new HashMap<>(objects);
          if (!overlays.isEmpty()) {
            seen.putAll(overlays);
          }
          return List.copyOf(seen.values());
        });
  }

  Snapshot<T> snapshot() {
    return locked(() -> new Snapshot<>(Optional.ofNullable(observed), objects));
  }

  <V> void index(Index<T, V> index) {
    run(
        () -> {
          IndexTable<T, V> table = new IndexTable<>(index);
          objects.forEach(
              (key, object) -> {
                table.prepare(object);
                table.put(key, object);
              });
          indexes.putIfAbsent(index, table);
        });
  }

  <V> List<T> by(Index<T, V> index, V value) {
    return locked(
        () -> {
          IndexTable<T, ?> table = indexes.get(index);
          if (table == null) {
            throw new IllegalStateException(
                "the cache keeps no index '%s'; give it to index() first".formatted(index.name()));
          }
          List<T> found = new ArrayList<>();
          table
              .under(value)
              .forEach(
                  (key, object) -> {
                    if (!overlays.containsKey(key)) {
                      found.add(object);
                    }
                  });
          overlays.values().stream()
              .filter(object -> index.values().apply(object).contains(value))
              .forEach(found::add);
          return found;
        });
  }

  Optional<ResourceVersion> observed() {
    return locked(() -> Optional.ofNullable(observed));
  }

  boolean await(ResourceVersion atLeast, Duration max) throws InterruptedException {
    long nanos = max.toNanos();
    lock.lockInterruptibly();
    try {
      while (!reached(atLeast)) {
        if (closed || nanos <= 0) {
          return false;
        }
        nanos = progressed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void overlay(T written) {
    ResourceVersion version = ResourceVersion.of(written).orElse(null);
    ObjectKey key = ObjectKey.of(written);
    run(
        () -> {
          if (version != null && !reached(version) && newest(key, version)) {
            overlays.put(key, written);
          }
        });
  }

  /** Takes a new or changed object in; gives no change when it brings nothing new. */
  List<Change<T>> put(T object, ResourceVersion version) {
    return locked(
        () -> {
          if (reached(version)) {
            return List.of();
          }
          ObjectKey key = ObjectKey.of(object);
          List<Change<T>> changes =
              isKnown(key, version)
                  ? List.of()
                  : List.of(new Change<>(store(key, object), object, false));
          advance(version);
          return changes;
        });
  }

  /** Takes a deletion in; gives no change when it brings nothing new. */
  List<Change<T>> remove(T last, ResourceVersion version) {
    return locked(
        () -> {
          if (reached(version)) {
            return List.of();
          }
          ObjectKey key = ObjectKey.of(last);
          advance(version);
          return isKnown(key, version) || drop(key) == null
              ? List.of()
              : List.of(new Change<>(last, null, false));
        });
  }

  /** Takes in that nothing happened up to a version. */
  void bookmark(ResourceVersion version) {
    run(
        () -> {
          if (!reached(version)) {
            advance(version);
          }
        });
  }

  /** Takes a whole list in, whatever its version. */
  List<Change<T>> replace(List<T> listed, ResourceVersion version) {
    return locked(
        () -> {
          Map<ObjectKey, T> gone = new HashMap<>(objects);
          List<Change<T>> changes = new ArrayList<>();
          for (T object : listed) {
            ObjectKey key = ObjectKey.of(object);
            gone.remove(key);
            T before = store(key, object);
            if (before == null || !versionText(before).equals(versionText(object))) {
              changes.add(new Change<>(before, object, true));
            }
          }
          gone.forEach(
              (key, object) -> {
                drop(key);
                changes.add(new Change<>(object, null, true));
              });
          advance(version);
          return changes;
        });
  }

  /** Lets all waiters go. */
  void close() {
    run(
        () -> {
          closed = true;
          progressed.signalAll();
        });
  }

  private @Nullable T store(ObjectKey key, T object) {
    // All that may throw comes first, so that objects and indexes never disagree.
    indexes.values().forEach(table -> table.prepare(object));
    indexes.values().forEach(table -> table.put(key, object));
    return objects.put(key, object);
  }

  private @Nullable T drop(ObjectKey key) {
    indexes.values().forEach(table -> table.remove(key));
    return objects.remove(key);
  }

  private void advance(ResourceVersion version) {
    observed = version;
    overlays.values().removeIf(object -> reached(versionOf(object)));
    progressed.signalAll();
  }

  /**
   * Whether what is kept of an object is as new as an event about it: a list whose pages were read
   * while the server forgot its first version may hold objects that are newer than the list.
   */
  private boolean isKnown(ObjectKey key, ResourceVersion version) {
    T kept = objects.get(key);
    return kept != null && versionOf(kept).compareTo(version) >= 0;
  }

  /** Whether history is known up to a version. */
  private boolean reached(ResourceVersion version) {
    return observed != null && observed.compareTo(version) >= 0;
  }

  private static ResourceVersion versionOf(HasMetadata object) {
    return ResourceVersion.of(object).orElseThrow();
  }

  private static String versionText(HasMetadata object) {
    return String.valueOf(object.getMetadata().getResourceVersion());
  }

  private boolean newest(ObjectKey key, ResourceVersion version) {
    T other = overlays.get(key);
    return other == null || version.compareTo(versionOf(other)) > 0;
  }

  private void run(Runnable work) {
    locked(
        () -> {
          work.run();
          return true;
        });
  }

  private <R> R locked(Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
