package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** PodDisruptionBudgets. */
final class DisruptionRules implements KindRules {
  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    return Members.of(
        "disruptionsAllowed", 0L, "currentHealthy", 0L, "desiredHealthy", 0L, "expectedPods", 0L);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    Object least = spec.get("minAvailable");
    Object most = spec.get("maxUnavailable");
    if (least != null && most != null) {
      errors.add(
          FieldError.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set"));
    }
    Checks.countOrPercent(errors, "spec.minAvailable", least);
    Checks.countOrPercent(errors, "spec.maxUnavailable", most);
    Checks.selector(errors, "spec.selector", Values.objectAt(spec, "selector"));
    Checks.oneOf(
        errors,
        "spec.unhealthyPodEvictionPolicy",
        spec.get("unhealthyPodEvictionPolicy"),
        "AlwaysAllow",
        "IfHealthyBudget");
  }
}
