package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which objects a quota is about. Immutable.
 *
 * @param operator {@code Exists}, {@code DoesNotExist}, {@code In} or {@code NotIn}
 */
record Scope(String name, String operator, Set<String> values) {
  Scope {
    values = Set.copyOf(values);
  }

  /** The scopes of a quota, all of which must hold. */
  static List<Scope> of(Map<String, Object> quota) {
    List<Scope> scopes = new ArrayList<>();
    for (Object name : Values.listAt(quota, "spec", "scopes")) {
      scopes.add(new Scope(String.valueOf(name), "Exists", Set.of()));
    }
    for (Object term : Values.listAt(quota, "spec", "scopeSelector", "matchExpressions")) {
      scopes.add(
          new Scope(
              Values.string(term, "scopeName").orElse(""),
              Values.string(term, "operator").orElse(""),
              Set.copyOf(
                  Values.listAt(term, "values").stream()
                      .map(String::valueOf)
                      .distinct()
                      .toList())));
    }
    return scopes;
  }

  /** Whether something that has these values, of which there may be none, is selected. */
  boolean selects(Set<String> present) {
    return switch (operator) {
      case "Exists" -> !present.isEmpty();
      case "DoesNotExist" -> present.isEmpty();
      case "In" -> present.stream().anyMatch(values::contains);
      case "NotIn" ->
          present.isEmpty() || present.stream().anyMatch(value -> !values.contains(value));
      default -> false;
    };
  }
}
