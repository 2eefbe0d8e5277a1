package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks that many kinds share. Each adds what it finds to {@code errors}. */
final class Checks {

  private static final long MAX_PORT = 65_535;

  private Checks() {}

  static String text(@Nullable Object object, String... path) {
    return Values.string(object, path).orElse("");
  }

  /** An absent text is an error, an empty one too. */
  static boolean required(
      List<FieldError> errors, String path, @Nullable Object object, String name) {
    Object value = Values.at(object, name).orElse("");
    if (value.equals("") || (value instanceof List<?> list && list.isEmpty())) {
      errors.add(FieldError.required(path + "." + name, ""));
      return false;
    }
    return true;
  }

  static void oneOf(List<FieldError> errors, String path, @Nullable Object value, String... words) {
    if (value != null && !value.equals("") && !List.of(words).contains(value)) {
      String[] sorted = words.clone();
      Arrays.sort(sorted);
      errors.add(FieldError.notSupported(path, value, List.of((Object[]) sorted)));
    }
  }

  static void notNegative(
      List<FieldError> errors, String path, @Nullable Object object, String... names) {
    for (String name : names) {
      if (Values.at(object, name).orElse(null) instanceof Long number && number < 0) {
        errors.add(
            FieldError.invalid(path + "." + name, number, "must be greater than or equal to 0"));
      }
    }
  }

  /** A number of a port. */
  static void port(List<FieldError> errors, String path, long port) {
    if (port < 1 || port > MAX_PORT) {
      errors.add(FieldError.invalid(path, port, "must be between 1 and 65535, inclusive"));
    }
  }

  /** A port by number or by name. */
  static void portOrName(List<FieldError> errors, String path, @Nullable Object port) {
    if (port instanceof Long number) {
      port(errors, path, number);
    } else if (port instanceof String name) {
      portName(errors, path, name);
    } else {
      port(errors, path, 0);
    }
  }

  static void portName(List<FieldError> errors, String path, String name) {
    Names.portNameProblems(name)
        .forEach(problem -> errors.add(FieldError.invalid(path, name, problem)));
  }

  static void label(List<FieldError> errors, String path, String name) {
    Names.labelProblems(name)
        .forEach(problem -> errors.add(FieldError.invalid(path, name, problem)));
  }

  static void subdomain(List<FieldError> errors, String path, String name) {
    Names.subdomainProblems(name)
        .forEach(problem -> errors.add(FieldError.invalid(path, name, problem)));
  }

  static void immutable(
      List<FieldError> errors,
      Map<String, Object> object,
      Map<String, Object> before,
      String... path) {
    Object now = Values.at(object, path).orElse(null);
    if (!Values.at(before, path).equals(Values.at(object, path))) {
      errors.add(FieldError.immutable(String.join(".", path), now));
    }
  }

  /** The labels of a template or an object that is not at the top. */
  static void labels(List<FieldError> errors, String path, Map<String, Object> labels) {
    labels.forEach(
        (key, value) -> {
          Names.keyProblems(key)
              .forEach(problem -> errors.add(FieldError.invalid(path, key, problem)));
          Names.labelValueProblems(String.valueOf(value))
              .forEach(problem -> errors.add(FieldError.invalid(path, value, problem)));
        });
  }

  /** A label selector, as {@code matchLabels} and {@code matchExpressions}. */
  static void selector(List<FieldError> errors, String path, Map<String, Object> selector) {
    labels(errors, path + ".matchLabels", Values.objectAt(selector, "matchLabels"));
    List<Object> expressions = Values.listAt(selector, "matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      expression(errors, "%s.matchExpressions[%d]".formatted(path, i), expressions.get(i));
    }
  }

  private static void expression(List<FieldError> errors, String path, Object expression) {
    int values = Values.listAt(expression, "values").size();
    String operator = text(expression, "operator");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values == 0) {
          errors.add(
              FieldError.required(
                  path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          errors.add(
              FieldError.forbidden(
                  path + ".values",
                  "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        }
      }
      default ->
          errors.add(
              FieldError.invalid(path + ".operator", operator, "not a valid selector operator"));
    }
    String key = text(expression, "key");
    Names.keyProblems(key)
        .forEach(problem -> errors.add(FieldError.invalid(path + ".key", key, problem)));
  }

  /** A quantity that must be one, and not negative. */
  static boolean quantity(List<FieldError> errors, String path, @Nullable Object value) {
    Quantity quantity = Quantity.find(value).orElse(null);
    if (quantity == null) {
      errors.add(FieldError.invalid(path, value, Quantity.SYNTAX));
      return false;
    }
    if (quantity.signum() < 0) {
      errors.add(
          FieldError.invalid(path, quantity.toString(), "must be greater than or equal to 0"));
      return false;
    }
    return true;
  }

  /** A duplicate in a list of names. */
  static void once(List<FieldError> errors, String path, String name, Set<String> seen) {
    if (!seen.add(name)) {
      errors.add(FieldError.duplicate(path, name));
    }
  }

  /** An absolute number or a percentage. */
  static void countOrPercent(List<FieldError> errors, String path, @Nullable Object value) {
    if (value instanceof Long number && number < 0) {
      errors.add(FieldError.invalid(path, number, "must be greater than or equal to 0"));
    } else if (value instanceof String text && !text.matches("\\d+%")) {
      errors.add(
          FieldError.invalid(
              path,
              text,
              "a valid percent string must be a numeric string followed by an ending '%' (e.g."
                  + " '1%',  or '93%', regex used for validation is '[0-9]+%')"));
    }
  }
}
