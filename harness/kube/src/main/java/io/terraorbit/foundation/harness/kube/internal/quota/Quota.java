package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ResourceQuota. Immutable.
 *
 * @param wanted the limits that its specification sets
 * @param hard the limits that are in force, which are those of its status
 */
record Quota(
    String name,
    Amounts wanted,
    Amounts hard,
    Amounts used,
    List<Scope> scopes,
    Map<String, Object> object) {

  /** What the keys of all quotas begin with. */
  static final String PREFIX = "/core/resourcequotas/";

  static Quota of(Map<String, Object> object) {
    return new Quota(
        Values.string(object, "metadata", "name").orElse(""),
        Amounts.of(Values.objectAt(object, "spec", "hard")),
        Amounts.of(Values.objectAt(object, "status", "hard")),
        Amounts.of(Values.objectAt(object, "status", "used")),
        Scope.of(object),
        object);
  }

  /** Those of some limits that are about objects of a kind. */
  static Set<String> about(Counting counting, Amounts limits) {
    return limits.byName().keySet().stream()
        .filter(counting::counts)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an object is in all scopes. */
  boolean covers(Counting counting, Map<String, Object> object) {
    return scopes.stream().allMatch(scope -> counting.inScope(scope, object));
  }

  /** What an object uses of what the specification limits. */
  Amounts usage(Counting counting, Map<String, Object> object) {
    return covers(counting, object)
        ? counting.usage(object).only(about(counting, wanted))
        : Amounts.NONE;
  }

  /** The object, with its specification in force and this usage. */
  Map<String, Object> with(Amounts newUsed) {
    Map<String, Object> status = new LinkedHashMap<>();
    if (!wanted.isEmpty()) {
      status.put("hard", wanted.json());
    }
    Amounts counted = newUsed.only(wanted);
    if (!counted.isEmpty()) {
      status.put("used", counted.json());
    }
    return Values.with(object, status, "status");
  }
}
