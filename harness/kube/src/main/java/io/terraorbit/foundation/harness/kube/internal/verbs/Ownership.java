package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who exists and who belongs to whom, by uid, as of the newest commit. Used under the store's lock.
 */
final class Ownership {
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  Ownership(Snapshot<Map<String, Object>> now) {
    for (Entry<Map<String, Object>> entry : now.list("/")) {
      add(entry.key(), entry.value());
    }
  }

  void see(Event<Map<String, Object>> event) {
    Map<String, Object> before = event.before();
    if (before != null) {
      remove(event.key(), before);
    }
    if (event.kind() != Event.Kind.DELETED) {
      add(event.key(), event.after());
    }
  }

  /** The key of a living object. */
  Optional<String> find(String uid) {
    return Optional.ofNullable(keys.get(uid));
  }

  /** Keys of the objects that name an owner, sorted. */
  Collection<String> dependents(String ownerUid) {
    return List.copyOf(dependents.getOrDefault(ownerUid, Set.of()));
  }

  private void add(String key, Map<String, Object> object) {
    keys.put(Meta.uid(object), key);
    for (Object owner : Meta.owners(object)) {
      dependents.computeIfAbsent(uid(owner), uid -> new TreeSet<>()).add(key);
    }
  }

  private void remove(String key, Map<String, Object> object) {
    keys.remove(Meta.uid(object));
    for (Object owner : Meta.owners(object)) {
      dependents.computeIfPresent(
          uid(owner),
          (uid, known) -> {
            known.remove(key);
            return known.isEmpty() ? null : known;
          });
    }
  }

  static String uid(Object owner) {
    return Values.string(owner, "uid").orElse("");
  }
}
