package io.terraorbit.foundation.apply;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Removes what an applier set before and does not say any more, unless somebody else owns it. For
 * one apply.
 */
final class Pruning {
  private final Versions versions;
  private final ManagedFields managed;

  /**
   * Prunes for one apply.
   *
   * @param managed who owns what, with the applier's new fields
   */
  Pruning(Versions versions, ManagedFields managed) {
    this.versions = versions;
    this.managed = managed;
  }

  /**
   * The merged object without what is to go.
   *
   * @param last what the applier owned before
   * @param apiVersion of the object
   */
  TypedValue pruned(TypedValue merged, Ownership last, String apiVersion) {
    Optional<TypedValue> converted = versions.in(last.apiVersion(), merged);
    if (last.fields().isEmpty() || converted.isEmpty()) {
      return merged;
    }
    TypedValue whole = converted.get();
    FieldSet gone = last.fields().withNamedMembers(whole.type());
    TypedValue pruned = withOwned(whole, whole.without(gone), last.apiVersion());
    pruned = versions.in(last.apiVersion(), pruned).orElse(pruned);
    FieldSet missing = named(whole).difference(named(pruned)).intersection(gone);
    TypedValue result = whole.without(missing);
    return versions.in(apiVersion, result).orElse(merged);
  }

  private static FieldSet named(TypedValue object) {
    return object.fields().withNamedMembers(object.type());
  }

  /** Adds back what others, or the applier's new configuration, own. */
  private TypedValue withOwned(TypedValue merged, TypedValue pruned, String first) {
    Map<String, FieldSet> owned = new HashMap<>();
    managed
        .owners()
        .values()
        .forEach(each -> owned.merge(each.apiVersion(), each.fields(), FieldSet::union));
    FieldSet inFirst = owned.remove(first);
    // First in the version of what was pruned: its fields may be needed to convert the object.
    TypedValue result = inFirst == null ? pruned : withOwned(merged, pruned, first, inFirst);
    for (Map.Entry<String, FieldSet> each : owned.entrySet()) {
      result = withOwned(merged, result, each.getKey(), each.getValue());
    }
    return result;
  }

  private TypedValue withOwned(
      TypedValue merged, TypedValue pruned, String apiVersion, FieldSet owned) {
    Optional<TypedValue> all = versions.in(apiVersion, merged);
    Optional<TypedValue> some = versions.in(apiVersion, pruned);
    if (all.isEmpty() || some.isEmpty()) {
      return pruned;
    }
    TypedValue whole = all.get();
    FieldSet kept = named(some.get()).union(owned.withNamedMembers(whole.type()));
    return whole.without(named(whole).difference(kept));
  }
}
