package io.terraorbit.foundation.kubernetes;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One index's entries; guarded by its store. The values of an object are kept and not computed
 * again when it goes, so that an index stays right even if somebody changed the object meanwhile.
 */
final class IndexTable<T, V> {
  private final Index<T, V> index;
  private final Map<V, Map<ObjectKey, T>> objects = new HashMap<>();
  private final Map<ObjectKey, Set<V>> valuesOf = new HashMap<>();
  private Set<V> prepared = Set.of();

  IndexTable(Index<T, V> index) {
    this.index = index;
  }

  /** Computes an object's values, which may throw; changes nothing yet. */
  void prepare(T object) {
    prepared = new LinkedHashSet<>(index.values().apply(object));
  }

  /** Puts the object that was prepared last in the place of the one of that key. */
  void put(ObjectKey key, T object) {
    remove(key);
    if (!prepared.isEmpty()) {
      valuesOf.put(key, prepared);
      prepared.forEach(
          value -> objects.computeIfAbsent(value, v -> new HashMap<>()).put(key, object));
    }
  }

  void remove(ObjectKey key) {
    Set<V> values = valuesOf.remove(key);
    if (values != null) {
      values.forEach(
          value ->
              objects.computeIfPresent(
                  value,
                  (v, entries) -> {
                    entries.remove(key);
                    return entries.isEmpty() ? null : entries;
                  }));
    }
  }

  Map<ObjectKey, T> under(Object value) {
    Map<ObjectKey, T> entries = objects.get(value);
    return entries == null ? Map.of() : entries;
  }
}
