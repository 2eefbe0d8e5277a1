package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HorizontalPodAutoscalers, in the form of version 2. */
final class AutoscalerRules implements KindRules {
  private static final long UTILIZATION = 80;

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        autoscaler -> {
          Draft spec = autoscaler.make("spec");
          spec.orElse("minReplicas", 1L);
          if (!spec.has("metrics") || List.of().equals(spec.get("metrics"))) {
            spec.put(
                "metrics",
                List.of(
                    Members.of(
                        "type",
                        "Resource",
                        "resource",
                        Members.of(
                            "name",
                            "cpu",
                            "target",
                            Members.of(
                                "type", "Utilization", "averageUtilization", UTILIZATION)))));
          }
          spec.within("behavior", AutoscalerRules::behavior);
        });
  }

  /** Whoever says anything of the behavior gets all of it. */
  private static void behavior(Draft behavior) {
    behavior
        .make("scaleUp")
        .orElse("stabilizationWindowSeconds", 0L)
        .orText("selectPolicy", "Max")
        .orElse("policies", List.of(policy("Pods", 4), policy("Percent", 100)));
    behavior
        .make("scaleDown")
        .orText("selectPolicy", "Max")
        .orElse("policies", List.of(policy("Percent", 100)));
  }

  private static Map<String, Object> policy(String type, long value) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("type", type);
    policy.put("value", value);
    policy.put("periodSeconds", 15L);
    return policy;
  }

  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("desiredReplicas", 0L);
    status.put("currentMetrics", null);
    return Values.object(status);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    Object least = spec.getOrDefault("minReplicas", 1L);
    Object most = spec.getOrDefault("maxReplicas", 0L);
    if (least instanceof Long number && number < 1) {
      errors.add(
          FieldError.invalid("spec.minReplicas", number, "must be greater than or equal to 1"));
    }
    if (most instanceof Long number && number < 1) {
      errors.add(FieldError.invalid("spec.maxReplicas", number, "must be greater than 0"));
    }
    if (least instanceof Long from && most instanceof Long to && to < from) {
      errors.add(
          FieldError.invalid(
              "spec.maxReplicas", to, "must be greater than or equal to `minReplicas`"));
    }
    Map<String, Object> target = Values.objectAt(spec, "scaleTargetRef");
    Checks.required(errors, "spec.scaleTargetRef", target, "kind");
    Checks.required(errors, "spec.scaleTargetRef", target, "name");
    List<Object> metrics = Values.listAt(spec, "metrics");
    for (int i = 0; i < metrics.size(); i++) {
      String at = "spec.metrics[%d]".formatted(i);
      if (Checks.required(errors, at, metrics.get(i), "type")) {
        Checks.oneOf(
            errors,
            at + ".type",
            Checks.text(metrics.get(i), "type"),
            "ContainerResource",
            "External",
            "Object",
            "Pods",
            "Resource");
      }
    }
  }
}
