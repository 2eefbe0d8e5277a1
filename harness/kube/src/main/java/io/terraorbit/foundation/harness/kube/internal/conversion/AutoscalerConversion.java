package io.terraorbit.foundation.harness.kube.internal.conversion;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HorizontalPodAutoscalers of {@code autoscaling/v1}, which knows only the use of cpu. All else
 * that version 2 has travels in annotations, and back when version 1 is written.
 */
final class AutoscalerConversion implements Conversion {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = PREFIX + "metrics";
  private static final String CURRENT = PREFIX + "current-metrics";
  private static final String CONDITIONS = PREFIX + "conditions";
  private static final String BEHAVIOR = PREFIX + "behavior";
  private static final Set<String> TRAVELLING =
      Set.of(
          METRICS,
          CURRENT,
          CONDITIONS,
          BEHAVIOR,
          PREFIX + "scale-down-tolerance",
          PREFIX + "scale-up-tolerance");
  private static final long DEFAULT_UTILIZATION = 80;

  @Override
  public Map<String, Object> fromStored(Map<String, Object> stored) {
    Map<String, Object> annotations = new LinkedHashMap<>(annotations(stored));
    Map<String, Object> spec = Values.objectAt(stored, "spec");
    Map<String, Object> status = Values.objectAt(stored, "status");
    List<Object> others =
        Values.listAt(spec, "metrics").stream()
            .filter(metric -> utilization(metric, "target").isEmpty())
            .toList();
    List<Object> met = Values.listAt(status, "currentMetrics");
    List<Object> conditions = Values.listAt(status, "conditions");
    if (!others.isEmpty()) {
      annotations.put(METRICS, text(Metrics.WANTED.flat(others)));
    }
    if (!met.isEmpty()) {
      annotations.put(CURRENT, text(Metrics.MET.flat(met)));
    }
    Values.at(spec, "behavior")
        .ifPresent(behavior -> annotations.put(BEHAVIOR, text(Behavior.capitalized(behavior))));
    if (!conditions.isEmpty()) {
      annotations.put(
          CONDITIONS, text(conditions.stream().map(AutoscalerConversion::condition).toList()));
    }
    Map<String, Object> served = annotated(stored, annotations);
    served = Values.with(served, specV1(spec), "spec");
    return stored.containsKey("status")
        ? Values.with(served, statusV1(status, met), "status")
        : served;
  }

  @Override
  public Map<String, Object> toStored(Map<String, Object> served) {
    Map<String, Object> stored = annotated(served, annotations(served));
    stored = Values.with(stored, specV2(served), "spec");
    return served.containsKey("status") ? Values.with(stored, statusV2(served), "status") : stored;
  }

  private static Map<String, Object> specV1(Map<String, Object> spec) {
    Map<String, Object> shown = Values.without(Values.without(spec, "metrics"), "behavior");
    Optional<Object> cpu =
        Values.listAt(spec, "metrics").stream()
            .flatMap(metric -> utilization(metric, "target").stream())
            .findFirst();
    return cpu.isPresent()
        ? Values.with(shown, cpu.get(), "targetCPUUtilizationPercentage")
        : shown;
  }

  private static Map<String, Object> statusV1(Map<String, Object> status, List<Object> met) {
    Map<String, Object> shown =
        Values.without(Values.without(status, "currentMetrics"), "conditions");
    for (String count : List.of("currentReplicas", "desiredReplicas")) {
      shown = shown.containsKey(count) ? shown : Values.with(shown, 0L, count);
    }
    Object cpu = null;
    for (Object metric : met) {
      cpu = utilization(metric, "current").orElse(cpu);
    }
    return cpu == null ? shown : Values.with(shown, cpu, "currentCPUUtilizationPercentage");
  }

  private static Map<String, Object> specV2(Map<String, Object> served) {
    Map<String, Object> spec = Values.objectAt(served, "spec");
    List<Object> metrics = new ArrayList<>(Metrics.WANTED.grouped(carried(served, METRICS)));
    Values.at(spec, "targetCPUUtilizationPercentage")
        .ifPresent(percent -> metrics.add(cpu("target", "Utilization", percent)));
    if (metrics.isEmpty()) {
      metrics.add(cpu("target", "Utilization", DEFAULT_UTILIZATION));
    }
    Map<String, Object> kept =
        Values.with(Values.without(spec, "targetCPUUtilizationPercentage"), metrics, "metrics");
    Map<String, Object> behavior = Behavior.plain(read(served, BEHAVIOR));
    return behavior.isEmpty() ? kept : Values.with(kept, behavior, "behavior");
  }

  private static Map<String, Object> statusV2(Map<String, Object> served) {
    Map<String, Object> status = Values.objectAt(served, "status");
    Map<String, Object> kept = Values.without(status, "currentCPUUtilizationPercentage");
    List<Object> met = Metrics.MET.grouped(carried(served, CURRENT));
    Object percent = status.get("currentCPUUtilizationPercentage");
    if (met.isEmpty() && percent != null) {
      met = List.of(cpu("current", "", percent));
    }
    kept = Values.with(kept, met.isEmpty() ? null : met, "currentMetrics");
    List<Object> conditions = carried(served, CONDITIONS);
    return conditions.isEmpty() ? kept : Values.with(kept, conditions, "conditions");
  }

  /** The use of cpu that a metric is about; empty for all other metrics. */
  private static Optional<Object> utilization(Object metric, String group) {
    boolean cpu =
        Values.string(metric, "type").filter("Resource"::equals).isPresent()
            && Values.string(metric, "resource", "name").filter("cpu"::equals).isPresent();
    return cpu ? Values.at(metric, "resource", group, "averageUtilization") : Optional.empty();
  }

  private static Map<String, Object> cpu(String group, String type, Object percent) {
    Map<String, Object> amount = new LinkedHashMap<>();
    if (!type.isEmpty()) {
      amount.put("type", type);
    }
    amount.put("averageUtilization", percent);
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", "cpu");
    resource.put(group, amount);
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", "Resource");
    metric.put("resource", resource);
    return metric;
  }

  private static Map<String, @Nullable Object> condition(Object condition) {
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
    for (String name : List.of("type", "status", "lastTransitionTime", "reason", "message")) {
      Object value = Values.at(condition, name).orElse(null);
      if (value != null || name.equals("lastTransitionTime")) {
        ordered.put(name, value);
      }
    }
    return ordered;
  }

  private static Map<String, Object> annotations(Map<String, Object> object) {
    Map<String, Object> own = new LinkedHashMap<>();
    Values.objectAt(object, "metadata", "annotations")
        .forEach(
            (name, value) -> {
              if (!TRAVELLING.contains(name)) {
                own.put(name, value);
              }
            });
    return own;
  }

  private static Map<String, Object> annotated(
      Map<String, Object> object, Map<String, Object> annotations) {
    return annotations.isEmpty()
        ? Values.without(object, "metadata", "annotations")
        : Values.with(object, annotations, "metadata", "annotations");
  }

  private static List<Object> carried(Map<String, Object> served, String annotation) {
    return read(served, annotation) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).<Object>map(Objects::requireNonNull).toList()
        : List.of();
  }

  /** What an annotation carries; an empty object when there is none that can be read. */
  private static Object read(Map<String, Object> served, String annotation) {
    String text = Values.string(served, "metadata", "annotations", annotation).orElse("");
    try {
      Object value = text.isEmpty() ? null : Json.read(text);
      return value == null ? Map.of() : value;
    } catch (JsonSyntaxException e) {
      return Map.of();
    }
  }

  /** JSON as Go writes it, which is safe within HTML. */
  private static String text(Object value) {
    return Json.text(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
