package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** LimitRanges; what they fill in and refuse is in {@code internal.quota}. */
final class LimitRangeRules implements KindRules {
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
  private static final List<String> MEMBERS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(object, range -> range.make("spec").each("limits", LimitRangeRules::fill));
  }

  private static void fill(Draft limit) {
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

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    List<Object> limits = Values.listAt(object, "spec", "limits");
    Set<String> types = new HashSet<>();
    for (int i = 0; i < limits.size(); i++) {
      new Limit("spec.limits[%d]".formatted(i), limits.get(i)).check(errors, types);
    }
  }

  /** One entry of {@code spec.limits}. */
  private record Limit(String path, Object limit) {
    void check(List<FieldError> errors, Set<String> types) {
      String type = type();
      List<String> problems = Names.keyProblems(type);
      problems.forEach(problem -> errors.add(FieldError.invalid(path + ".type", type, problem)));
      if (problems.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
        errors.add(
            FieldError.invalid(
                path + ".type", type, "must be a standard limit type or fully qualified"));
      }
      Checks.once(errors, path + ".type", type, types);
      Set<String> names = new TreeSet<>();
      for (String member : MEMBERS) {
        boolean forbidden =
            type.equals("Pod") && member.startsWith("default") && !amounts(member).isEmpty();
        if (forbidden) {
          errors.add(
              FieldError.forbidden(
                  path + "." + member, "may not be specified when `type` is 'Pod'"));
        } else {
          names(errors, member, names);
        }
      }
      if (type.equals("PersistentVolumeClaim")
          && amount("min", "storage") == null
          && amount("max", "storage") == null) {
        errors.add(
            FieldError.required(
                path + ".limits",
                "either minimum or maximum storage value is required, but neither was provided"));
      }
      names.forEach(name -> compare(errors, name));
    }

    private void names(List<FieldError> errors, String member, Set<String> names) {
      boolean running = type().equals("Pod") || type().equals("Container");
      for (String name : amounts(member).byName().keySet()) {
        String field = field(member, name);
        if (running) {
          ResourceNames.checkOfContainer(errors, field, name);
        } else {
          ResourceNames.check(errors, field, name);
        }
        names.add(name);
      }
    }

    private void compare(List<FieldError> errors, String name) {
      Quantity min = amount("min", name);
      Quantity max = amount("max", name);
      boolean pod = type().equals("Pod");
      Quantity limit = pod ? null : amount("default", name);
      Quantity request = pod ? null : amount("defaultRequest", name);
      String ofRequest = field("defaultRequest", name);
      String ofLimit = field("default", name);
      order(errors, field("min", name), min, min, "min value", max, "max value");
      order(errors, ofRequest, request, min, "min value", request, "default request value");
      order(errors, ofRequest, request, request, "default request value", max, "max value");
      order(
          errors,
          ofRequest,
          request,
          request,
          "default request value",
          limit,
          "default limit value");
      order(errors, ofLimit, min, min, "min value", limit, "default value");
      order(errors, ofLimit, max, limit, "default value", max, "max value");
      ratio(errors, name, min, max);
      if (!ResourceNames.overcommitted(name)
          && limit != null
          && request != null
          && !limit.equals(request)) {
        errors.add(
            FieldError.invalid(
                ofRequest,
                request.toString(),
                "default value %s must equal to defaultRequest value %s in %s"
                    .formatted(limit, request, name)));
      }
    }

    private static void order(
        List<FieldError> errors,
        String field,
        @Nullable Quantity shown,
        @Nullable Quantity less,
        String lessName,
        @Nullable Quantity more,
        String moreName) {
      if (less != null && more != null && less.compareTo(more) > 0) {
        errors.add(
            FieldError.invalid(
                field,
                String.valueOf(shown),
                "%s %s is greater than %s %s".formatted(lessName, less, moreName, more)));
      }
    }

    private void ratio(
        List<FieldError> errors, String name, @Nullable Quantity min, @Nullable Quantity max) {
      Quantity ratio = amount("maxLimitRequestRatio", name);
      if (ratio == null) {
        return;
      }
      String field = field("maxLimitRequestRatio", name);
      if (ratio.compareTo(Quantity.ONE) < 0) {
        errors.add(
            FieldError.invalid(
                field, ratio.toString(), "ratio %s is less than 1".formatted(ratio)));
      }
      if (min != null && max != null && min.signum() != 0) {
        BigDecimal most = max.value().divide(min.value(), MathContext.DECIMAL64);
        if (ratio.value().compareTo(most) > 0) {
          errors.add(
              FieldError.invalid(
                  field,
                  ratio.toString(),
                  String.format(
                      Locale.ROOT, "ratio %s is greater than max/min = %f", ratio, most)));
        }
      }
    }

    private String type() {
      return Checks.text(limit, "type");
    }

    private String field(String member, String name) {
      return "%s.%s[%s]".formatted(path, member, name);
    }

    private Amounts amounts(String member) {
      return Amounts.of(Values.objectAt(limit, member));
    }

    private @Nullable Quantity amount(String member, String name) {
      return amounts(member).find(name).orElse(null);
    }
  }
}
