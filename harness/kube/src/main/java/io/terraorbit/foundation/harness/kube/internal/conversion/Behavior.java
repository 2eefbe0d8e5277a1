package io.terraorbit.foundation.harness.kube.internal.conversion;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an autoscaler behaves, as version 1 keeps it in an annotation: the real server writes its own
 * Go type there, whose fields begin with capitals and of which none is left out.
 */
final class Behavior {
  private static final List<String> DIRECTIONS = List.of("ScaleUp", "ScaleDown");
  private static final List<String> RULES =
      List.of("StabilizationWindowSeconds", "SelectPolicy", "Policies", "Tolerance");
  private static final List<String> POLICY = List.of("Type", "Value", "PeriodSeconds");

  private Behavior() {}

  /** The form in which the annotation has it. */
  static Map<String, @Nullable Object> capitalized(Object behavior) {
    return capitalized(behavior, DIRECTIONS);
  }

  /** The form of version 2; empty when nothing is said. */
  static Map<String, Object> plain(Object capitalized) {
    return plain(capitalized, DIRECTIONS);
  }

  private static Map<String, @Nullable Object> capitalized(Object object, List<String> names) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (String name : names) {
      Object value = Values.at(object, small(name)).orElse(null);
      if (value != null && DIRECTIONS.contains(name)) {
        all.put(name, capitalized(value, RULES));
      } else if (value instanceof List<?> policies) {
        List<Object> each = new ArrayList<>();
        policies.forEach(policy -> each.add(capitalized(policy, POLICY)));
        all.put(name, each);
      } else {
        all.put(name, value);
      }
    }
    return all;
  }

  private static Map<String, Object> plain(Object object, List<String> names) {
    Map<String, Object> said = new LinkedHashMap<>();
    for (String name : names) {
      Object value = Values.at(object, name).or(() -> Values.at(object, small(name))).orElse(null);
      if (value != null && DIRECTIONS.contains(name)) {
        said.put(small(name), plain(value, RULES));
      } else if (value instanceof List<?> policies) {
        List<Object> each = new ArrayList<>();
        policies.forEach(policy -> each.add(plain(policy, POLICY)));
        said.put(small(name), each);
      } else if (value != null) {
        said.put(small(name), value);
      }
    }
    return said;
  }

  private static String small(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
