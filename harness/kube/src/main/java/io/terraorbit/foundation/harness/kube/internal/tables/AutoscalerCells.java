package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of HorizontalPodAutoscalers, of {@code autoscaling/v2} and of {@code v1}. */
final class AutoscalerCells {
  private static final int SHOWN = 2;

  private AutoscalerCells() {}

  static Layout layout() {
    return Layout.named()
        .text("Reference", AutoscalerCells::reference)
        .text("Targets", AutoscalerCells::targets)
        .text("MinPods", Cells.shown("spec.minReplicas", Cells.UNSET))
        .text("MaxPods", Cells.count("spec.maxReplicas"))
        .text("Replicas", Cells.count("status.currentReplicas"))
        .age()
        .build();
  }

  private static String reference(Map<String, Object> scaler) {
    return Values.string(scaler, "spec", "scaleTargetRef", "kind").orElse("")
        + "/"
        + Values.string(scaler, "spec", "scaleTargetRef", "name").orElse("");
  }

  private static String targets(Map<String, Object> scaler) {
    List<Object> wanted = Values.listAt(scaler, "spec", "metrics");
    List<Object> met = Values.listAt(scaler, "status", "currentMetrics");
    if (wanted.isEmpty()) {
      return byCpu(scaler);
    }
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, wanted.size()); i++) {
      targets.add(
          target(wanted.get(i), i < met.size() ? Optional.of(met.get(i)) : Optional.empty()));
    }
    String shown = String.join(", ", targets);
    return wanted.size() > SHOWN ? shown + " + " + (wanted.size() - SHOWN) + " more..." : shown;
  }

  /** What {@code autoscaling/v1} has instead of metrics. */
  private static String byCpu(Map<String, Object> scaler) {
    long wanted = Cells.number(scaler, "spec.targetCPUUtilizationPercentage", -1);
    if (wanted < 0) {
      return Cells.NONE;
    }
    long met = Cells.number(scaler, "status.currentCPUUtilizationPercentage", -1);
    return "cpu: %s/%d%%".formatted(met < 0 ? Ages.UNKNOWN : met + "%", wanted);
  }

  private static String target(Object metric, Optional<Object> met) {
    String type = Values.string(metric, "type").orElse("");
    String member =
        type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    Map<String, Object> wanted = Values.objectAt(metric, member, "target");
    String name =
        type.endsWith("esource") ? Values.string(metric, member, "name").orElse("") + ": " : "";
    Map<String, Object> current =
        met.map(value -> Values.objectAt(value, member, "current")).orElse(Map.of());
    for (String field : List.of("averageUtilization", "averageValue", "value")) {
      Optional<Object> goal = Values.at(wanted, field);
      if (goal.isPresent()) {
        String unit = field.equals("averageUtilization") ? "%" : "";
        String average = field.equals("averageValue") && name.isEmpty() ? " (avg)" : "";
        String now = Values.at(current, field).map(value -> value + unit).orElse(Ages.UNKNOWN);
        return name + now + "/" + goal.get() + unit + average;
      }
    }
    return name + Ages.UNKNOWN + "/<auto>";
  }
}
