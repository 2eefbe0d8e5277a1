package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of all other owners when an object changes: what is written anew they lose to the
 * writer, or are in conflict over; what is removed nobody owns any more. For one write.
 */
final class Owners {
  private final Versions versions;
  private final TypedValue before;
  private final TypedValue after;

  /** What changed, by version; empty for a version that is not served. */
  private final Map<String, Optional<Comparison>> changes = new HashMap<>();

  Owners(Versions versions, TypedValue before, TypedValue after, String apiVersion) {
    this.versions = versions;
    this.before = before;
    this.after = after;
    this.changes.put(apiVersion, Optional.of(compare(apiVersion, before, after)));
  }

  private Comparison compare(String apiVersion, TypedValue left, TypedValue right) {
    return left.compare(right).outside(versions.untouched(apiVersion));
  }

  /** What changed, in a version. */
  Optional<Comparison> change(String apiVersion) {
    Optional<Comparison> known = changes.get(apiVersion);
    if (known == null) {
      known =
          versions
              .in(apiVersion, before)
              .flatMap(
                  left ->
                      versions
                          .in(apiVersion, after)
                          .map(right -> compare(apiVersion, left, right)));
      changes.put(apiVersion, known);
    }
    return known;
  }

  /**
   * The owners after the change, before the writer gets its own.
   *
   * @throws ApplyConflictException if others lose something and force is not used
   */
  ManagedFields after(ManagedFields managed, Owner writer, boolean force) {
    Map<Owner, Ownership> result = new HashMap<>();
    Map<Owner, FieldSet> lost = new TreeMap<>();
    managed
        .owners()
        .forEach(
            (owner, owned) -> {
              if (owner.equals(writer)) {
                result.put(owner, owned);
                return;
              }
              change(owned.apiVersion())
                  .ifPresent(
                      change -> {
                        FieldSet taken = owned.fields().intersection(change.written());
                        if (!taken.isEmpty()) {
                          lost.put(owner, taken);
                        }
                        FieldSet left = owned.fields().difference(taken);
                        result.put(owner, owned.with(left.difference(change.removed())));
                      });
            });
    if (!force && !lost.isEmpty()) {
      throw new ApplyConflictException(conflicts(lost));
    }
    result.values().removeIf(owned -> owned.fields().isEmpty());
    return new ManagedFields(result);
  }

  private static List<Conflict> conflicts(Map<Owner, FieldSet> lost) {
    List<Conflict> conflicts = new ArrayList<>();
    lost.forEach(
        (owner, fields) ->
            fields.paths().forEach(path -> conflicts.add(new Conflict(owner, path))));
    return conflicts;
  }
}
