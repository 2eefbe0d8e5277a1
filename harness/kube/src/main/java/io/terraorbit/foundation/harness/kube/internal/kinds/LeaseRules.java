package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Leases. */
final class LeaseRules implements KindRules {
  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    if (spec.get("leaseDurationSeconds") instanceof Long seconds && seconds <= 0) {
      errors.add(
          FieldError.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
    }
    if (spec.get("leaseTransitions") instanceof Long transitions && transitions < 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseTransitions", transitions, "must be greater than or equal to 0"));
    }
    if ("".equals(spec.get("holderIdentity"))
        && spec.get("strategy") instanceof String strategy
        && !strategy.isEmpty()) {
      errors.add(FieldError.invalid("spec.holderIdentity", "", "must not be empty"));
    }
  }
}
