package io.terraorbit.foundation.harness.kube.internal.conversion;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of autoscalers in the two forms that they have: grouped into {@code metric} and
 * {@code target} or {@code current}, as version 2 has them, and flat, as version 1 keeps them in
 * annotations.
 */
enum Metrics {
  WANTED("target"),
  MET("current");

  private static final List<String> SOURCES =
      List.of("object", "pods", "resource", "containerResource", "external");
  private static final String ZERO = "0";

  /** Where version 2 has the amounts. */
  private final String group;

  Metrics(String group) {
    this.group = group;
  }

  /** The flat form. */
  List<Object> flat(List<Object> metrics) {
    List<Object> flat = new ArrayList<>();
    for (Object metric : metrics) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("type", Values.string(metric, "type").orElse(""));
      for (String source : SOURCES) {
        Values.at(metric, source).ifPresent(value -> each.put(source, flat(source, value)));
      }
      flat.add(each);
    }
    return flat;
  }

  /** The grouped form. */
  List<Object> grouped(List<Object> metrics) {
    List<Object> grouped = new ArrayList<>();
    for (Object metric : metrics) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("type", Values.string(metric, "type").orElse(""));
      for (String source : SOURCES) {
        Values.at(metric, source).ifPresent(value -> each.put(source, grouped(source, value)));
      }
      grouped.add(each);
    }
    return grouped;
  }

  private Map<String, Object> flat(String source, Object metric) {
    Map<String, Object> flat = new LinkedHashMap<>();
    for (Field field : fields(source)) {
      Optional<Object> value = Values.at(metric, field.grouped().split("\\."));
      if (value.isPresent() || field.required()) {
        flat.put(field.flat(), value.orElse(ZERO));
      }
    }
    return flat;
  }

  private Map<String, Object> grouped(String source, Object metric) {
    Map<String, Object> grouped = Map.of();
    for (Field field : fields(source)) {
      Object value = Values.at(metric, field.flat()).orElse(null);
      if (value != null && !idle(source, metric, field, value)) {
        grouped = Values.with(grouped, value, field.grouped().split("\\."));
      }
    }
    return this == WANTED ? Values.with(grouped, type(source, metric), group, "type") : grouped;
  }

  /** A zero that only stands there because version 1 cannot leave the field out. */
  private boolean idle(String source, Object metric, Field field, Object value) {
    return this == WANTED
        && source.equals("object")
        && field.flat().equals("targetValue")
        && Values.at(metric, "averageValue").isPresent()
        && Quantity.find(value).filter(amount -> amount.signum() == 0).isPresent();
  }

  private static String type(String source, Object metric) {
    return switch (source) {
      case "object" -> Values.at(metric, "averageValue").isPresent() ? "AverageValue" : "Value";
      case "external" -> Values.at(metric, "targetValue").isPresent() ? "Value" : "AverageValue";
      case "pods" -> "AverageValue";
      default ->
          Values.at(metric, "targetAverageUtilization").isPresent()
              ? "Utilization"
              : "AverageValue";
    };
  }

  private List<Field> fields(String source) {
    boolean met = this == MET;
    String value = group + ".value";
    String average = group + ".averageValue";
    String prefix = met ? "current" : "target";
    Field name = new Field("metric.name", "metricName", false);
    return switch (source) {
      case "object" ->
          List.of(
              new Field("describedObject", "target", false),
              name,
              new Field(value, prefix + "Value", true),
              new Field("metric.selector", "selector", false),
              new Field(average, "averageValue", false));
      case "pods" ->
          List.of(
              name,
              new Field(average, prefix + "AverageValue", true),
              new Field("metric.selector", "selector", false));
      case "external" ->
          List.of(
              name,
              new Field("metric.selector", "metricSelector", false),
              new Field(value, prefix + "Value", met),
              new Field(average, prefix + "AverageValue", false));
      default -> {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("name", "name", false));
        fields.add(new Field(group + ".averageUtilization", prefix + "AverageUtilization", false));
        fields.add(new Field(average, prefix + "AverageValue", met));
        if (source.equals("containerResource")) {
          fields.add(new Field("container", "container", false));
        }
        yield fields;
      }
    };
  }

  /**
   * One field in both forms.
   *
   * @param grouped its path in version 2
   * @param flat its name in version 1
   * @param required whether version 1 writes a zero where there is nothing
   */
  private record Field(String grouped, String flat, boolean required) {}
}
