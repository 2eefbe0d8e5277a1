package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the list of updaters short: of more than ten, the oldest become one for each version,
 * called {@code ancient-changes}. Stateless.
 */
final class OldUpdaters {
  static final int MOST = 10;
  private static final String ANCIENT = "ancient-changes";

  private OldUpdaters() {}

  static ManagedFields folded(ManagedFields managed) {
    List<Owner> updaters =
        new ArrayList<>(
            managed.owners().keySet().stream().filter(owner -> !owner.applies()).toList());
    if (updaters.size() <= MOST) {
      return managed;
    }
    updaters.sort(
        Comparator.comparingLong((Owner owner) -> managed.of(owner).orElseThrow().seconds())
            .thenComparing(Comparator.naturalOrder()));
    Map<Owner, Ownership> owners = new HashMap<>(managed.owners());
    Map<String, Owner> firstOfVersion = new HashMap<>();
    int left = updaters.size();
    for (Owner updater : updaters) {
      if (left <= MOST) {
        break;
      }
      Ownership owned = managed.of(updater).orElseThrow();
      Owner first = firstOfVersion.putIfAbsent(owned.apiVersion(), updater);
      if (first != null) {
        fold(owners, first, updater, owned);
        left--;
      }
    }
    return new ManagedFields(owners);
  }

  private static void fold(
      Map<Owner, Ownership> owners, Owner first, Owner updater, Ownership owned) {
    Owner ancient = Owner.updater(ANCIENT, owned.apiVersion(), "");
    Ownership older = owners.get(ancient);
    if (older == null) {
      older = owners.remove(first);
    }
    owners.remove(updater);
    FieldSet fields = older == null ? owned.fields() : owned.fields().union(older.fields());
    owners.put(ancient, owned.with(fields)); // with the later time
  }
}
