package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The selectors in objects, written as the parameter {@code labelSelector} is. */
public final class SelectorText {
  private SelectorText() {}

  /** Of a map of labels; empty when it is. */
  public static String ofLabels(Map<String, Object> labels) {
    return ofSelector(Map.of("matchLabels", labels));
  }

  /** Of a {@code LabelSelector}; empty when it selects everything. Sorted by key. */
  public static String ofSelector(Map<String, Object> selector) {
    List<Part> parts = new ArrayList<>();
    Values.objectAt(selector, "matchLabels")
        .forEach((key, value) -> parts.add(new Part(key, key + "=" + value)));
    Values.listAt(selector, "matchExpressions").forEach(expression -> parts.add(part(expression)));
    parts.sort(Comparator.comparing(Part::key));
    return parts.stream().map(Part::text).collect(Collectors.joining(","));
  }

  private static Part part(Object expression) {
    String key = Values.string(expression, "key").orElse("");
    String values =
        Values.listAt(expression, "values").stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(","));
    return new Part(
        key,
        switch (Values.string(expression, "operator").orElse("")) {
          case "In" -> key + " in (" + values + ")";
          case "NotIn" -> key + " notin (" + values + ")";
          case "DoesNotExist" -> "!" + key;
          default -> key;
        });
  }

  private record Part(String key, String text) {}
}
