package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ResourceQuotas; what they count and refuse is in {@code internal.quota}. */
final class QuotaRules implements KindRules {
  private static final Set<String> POD_COMPUTE =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "limits.cpu",
          "limits.memory",
          "requests.cpu",
          "requests.memory");

  /** Each scope, and what may be counted within it. */
  private static final Map<String, Set<String>> SCOPES =
      Map.of(
          "Terminating", POD_COMPUTE,
          "NotTerminating", POD_COMPUTE,
          "BestEffort", Set.of("pods"),
          "NotBestEffort", POD_COMPUTE,
          "PriorityClass", POD_COMPUTE,
          "CrossNamespacePodAffinity", POD_COMPUTE,
          "VolumeAttributesClass", Set.of("persistentvolumeclaims", "requests.storage"));

  private static final Set<String> WITH_VALUES = Set.of("PriorityClass", "VolumeAttributesClass");
  private static final List<List<String>> CONFLICTING =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        quota -> {
          quota.make("spec").replaceValues("hard", Resources::canonical);
          quota.within(
              "status",
              status -> {
                status.replaceValues("hard", Resources::canonical);
                status.replaceValues("used", Resources::canonical);
              });
        });
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    amounts(errors, object, "spec", "hard");
    scopes(errors, object);
    selector(errors, object);
    amounts(errors, object, "status", "hard");
    amounts(errors, object, "status", "used");
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    List<Object> now = new ArrayList<>(Values.listAt(object, "spec", "scopes"));
    if (!new HashSet<>(now).equals(new HashSet<>(Values.listAt(before, "spec", "scopes")))) {
      errors.add(FieldError.immutable("spec.scopes", now));
    }
  }

  private static void amounts(
      List<FieldError> errors, Map<String, Object> object, String part, String member) {
    Values.objectAt(object, part, member)
        .forEach(
            (name, value) -> {
              String field = "%s.%s[%s]".formatted(part, member, name);
              ResourceNames.checkOfQuota(errors, field, name);
              if (Checks.quantity(errors, field, value)
                  && ResourceNames.whole(name)
                  && !Quantity.find(value).orElse(Quantity.ZERO).whole()) {
                errors.add(FieldError.invalid(field, value, "must be an integer"));
              }
            });
  }

  private static void scopes(List<FieldError> errors, Map<String, Object> object) {
    List<Object> scopes =
        Values.listAt(object, "spec", "scopes").stream()
            .map(scope -> scope == null ? "" : scope) // as Go reads a null in []string
            .toList();
    for (Object scope : scopes) {
      applicable(
          errors, object, String.valueOf(scope), "spec.scopes", scopes, "spec.scopes", scopes);
    }
    conflicts(errors, Set.copyOf(new HashSet<>(scopes)), "spec.scopes", scopes);
  }

  private static void selector(List<FieldError> errors, Map<String, Object> object) {
    String path = "spec.scopeSelector.matchExpressions";
    List<Object> terms = Values.listAt(object, "spec", "scopeSelector", "matchExpressions");
    Object shown = shown(terms);
    Set<Object> names = new HashSet<>();
    for (Object term : terms) {
      String name = Checks.text(term, "scopeName");
      applicable(errors, object, name, path + ".scopeName", name, path, shown);
      operator(errors, path, term);
      names.add(name);
    }
    conflicts(errors, names, path, Values.listAt(object, "spec", "scopes"));
  }

  /** Adds that a scope is unknown, or does not go with what is limited. */
  private static void applicable(
      List<FieldError> errors,
      Map<String, Object> object,
      String scope,
      String unknownField,
      Object unknownValue,
      String field,
      Object value) {
    Set<String> allowed = SCOPES.get(scope);
    if (allowed == null) {
      errors.add(FieldError.invalid(unknownField, unknownValue, "unsupported scope"));
      return;
    }
    for (String name : new TreeSet<>(Values.objectAt(object, "spec", "hard").keySet())) {
      if (ResourceNames.ofQuota(name) && !allowed.contains(name)) {
        errors.add(FieldError.invalid(field, value, "unsupported scope applied to resource"));
      }
    }
  }

  private static void operator(List<FieldError> errors, String path, Object term) {
    String scope = Checks.text(term, "scopeName");
    String operator = Checks.text(term, "operator");
    List<Object> values = Values.listAt(term, "values");
    if (SCOPES.containsKey(scope) && !WITH_VALUES.contains(scope) && !operator.equals("Exists")) {
      errors.add(
          FieldError.invalid(
              path + ".operator",
              operator,
              "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                  + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                  + " ResourceQuotaScopeNotBestEffort or"
                  + " ResourceQuotaScopeCrossNamespacePodAffinity"));
    }
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.add(
              FieldError.required(
                  path + ".values",
                  "must be at least one value when `operator` is 'In' or 'NotIn' for scope"
                      + " selector"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  path + ".values",
                  values,
                  "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope"
                      + " selector"));
        }
      }
      default ->
          errors.add(
              FieldError.invalid(path + ".operator", operator, "not a valid selector operator"));
    }
  }

  private static void conflicts(
      List<FieldError> errors, Set<Object> scopes, String field, List<Object> value) {
    for (List<String> pair : CONFLICTING) {
      if (scopes.containsAll(pair)) {
        errors.add(FieldError.invalid(field, value.isEmpty() ? null : value, "conflicting scopes"));
      }
    }
  }

  /** A selector as the real server prints it in errors: with the names of its Go fields. */
  private static Object shown(List<Object> terms) {
    List<Object> expressions =
        terms.stream()
            .<Object>map(
                term -> {
                  Map<String, @Nullable Object> expression = new LinkedHashMap<>();
                  expression.put("ScopeName", Checks.text(term, "scopeName"));
                  expression.put("Operator", Checks.text(term, "operator"));
                  expression.put("Values", Values.at(term, "values").orElse(null));
                  return expression;
                })
            .collect(Collectors.toList());
    return Map.of("MatchExpressions", expressions);
  }
}
