package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ResourceQuotas and LimitRanges; they are enforced in {@code admission}. */
enum BudgetRules implements KindRules {
  QUOTA {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object, quota -> quota.make("spec").replaceValues("hard", Resources::canonical));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Map<String, Object> hard = Values.objectAt(object, "spec", "hard");
      hard.forEach(
          (name, value) -> {
            String field = "spec.hard[%s]".formatted(name);
            if (!name.contains("/") && !NAMES.contains(name) && !name.contains("hugepages-")) {
              errors.add(
                  FieldError.invalid(
                      field, name, "must be a standard resource type or fully qualified"));
              errors.add(FieldError.invalid(field, name, "must be a standard resource for quota"));
            }
            Checks.quantity(errors, field, value);
          });
      List<Object> scopes = Values.listAt(object, "spec", "scopes");
      for (Object scope : scopes) {
        Checks.oneOf(errors, "spec.scopes", scope, SCOPES.toArray(String[]::new));
      }
      for (List<String> pair : CONFLICTING) {
        if (scopes.containsAll(pair)) {
          errors.add(FieldError.invalid("spec.scopes", scopes, "conflicting scopes"));
        }
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      List<Object> now = new ArrayList<>(Values.listAt(object, "spec", "scopes"));
      if (!new HashSet<>(now).equals(new HashSet<>(Values.listAt(before, "spec", "scopes")))) {
        errors.add(FieldError.invalid("spec.scopes", now, Checks.IMMUTABLE));
      }
    }
  },
  RANGE {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object, range -> range.make("spec").each("limits", BudgetRules::fillRange));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      List<Object> limits = Values.listAt(object, "spec", "limits");
      Set<String> types = new HashSet<>();
      for (int i = 0; i < limits.size(); i++) {
        String at = "spec.limits[%d]".formatted(i);
        if (Checks.required(errors, at, limits.get(i), "type")) {
          Checks.once(errors, at + ".type", Checks.text(limits.get(i), "type"), types);
        }
        checkRange(errors, at, limits.get(i));
      }
    }
  };

  private static final List<String> SCOPES =
      List.of(
          "BestEffort",
          "CrossNamespacePodAffinity",
          "NotBestEffort",
          "NotTerminating",
          "PriorityClass",
          "Terminating",
          "VolumeAttributesClass");
  private static final List<List<String>> CONFLICTING =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));
  private static final Set<String> NAMES =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");
  private static final List<String> MEMBERS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  private static void fillRange(Draft limit) {
    MEMBERS.forEach(member -> limit.replaceValues(member, Resources::canonical));
    if (!limit.text("type").equals("Container")) {
      return;
    }
    Draft defaults = limit.make("default");
    fillFrom(limit, "max", defaults);
    Draft requests = limit.make("defaultRequest");
    fillFrom(limit, "default", requests);
    fillFrom(limit, "min", requests);
  }

  private static void fillFrom(Draft limit, String source, Draft target) {
    limit.within(
        source,
        amounts ->
            amounts
                .members()
                .forEach(
                    (name, value) -> {
                      if (value != null) {
                        target.orElse(name, value);
                      }
                    }));
  }

  private static void checkRange(List<FieldError> errors, String path, Object limit) {
    Amounts least = Amounts.of(Values.objectAt(limit, "min"));
    Amounts most = Amounts.of(Values.objectAt(limit, "max"));
    least
        .byName()
        .forEach(
            (name, min) -> {
              Quantity max = most.find(name).orElse(min);
              if (min.compareTo(max) > 0) {
                errors.add(
                    FieldError.invalid(
                        "%s.min[%s]".formatted(path, name),
                        min.toString(),
                        "min value %s is greater than max value %s".formatted(min, max)));
              }
            });
    for (String member : List.of("defaultRequest", "default")) {
      String word = member.equals("default") ? "default" : "default request";
      Amounts.of(Values.objectAt(limit, member))
          .byName()
          .forEach(
              (name, value) -> {
                String field = "%s.%s[%s]".formatted(path, member, name);
                Quantity min = least.find(name).orElse(value);
                Quantity max = most.find(name).orElse(value);
                if (min.compareTo(value) > 0) {
                  errors.add(
                      FieldError.invalid(
                          field,
                          value.toString(),
                          "min value %s is greater than %s value %s".formatted(min, word, value)));
                }
                if (value.compareTo(max) > 0) {
                  errors.add(
                      FieldError.invalid(
                          field,
                          value.toString(),
                          "%s value %s is greater than max value %s".formatted(word, value, max)));
                }
              });
    }
  }
}
