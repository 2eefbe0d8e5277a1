package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pods: all but a few fields of their specification are fixed for life. */
final class PodRules implements KindRules {
  private static final String ONLY =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        pod -> {
          Draft spec = pod.make("spec");
          PodDefaults.specification(spec);
          PodDefaults.pod(spec);
        });
  }

  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    return Members.of("phase", "Pending", "qosClass", QualityOfService.of(object));
  }

  @Override
  public Map<String, Object> onCreate(Map<String, Object> object) {
    if (Values.listAt(object, "spec", "schedulingGates").isEmpty()) {
      return object;
    }
    Map<String, Object> gated =
        Members.of(
            "type",
            "PodScheduled",
            "status",
            "False",
            "reason",
            "SchedulingGated",
            "message",
            "Scheduling is blocked due to non-empty scheduling gates");
    return Values.with(object, List.of(gated), "status", "conditions");
  }

  @Override
  public List<String> warnings(Map<String, Object> object) {
    return HostNames.ofPod(object);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    PodChecks.specification(errors, "spec", spec);
    if (!Values.listAt(spec, "schedulingGates").isEmpty()
        && !Checks.text(spec, "nodeName").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              "spec.nodeName", "cannot be set until all schedulingGates have been cleared"));
    }
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    Map<String, Object> now = Values.objectAt(object, "spec");
    Map<String, Object> old = Values.objectAt(before, "spec");
    for (String list : List.of("containers", "initContainers")) {
      if (Values.listAt(now, list).size() != Values.listAt(old, list).size()) {
        errors.add(
            FieldError.forbidden("spec." + list, "pod updates may not add or remove containers"));
        return;
      }
    }
    deadline(now.get("activeDeadlineSeconds"), old.get("activeDeadlineSeconds"), errors);
    List<Object> tolerations = Values.listAt(now, "tolerations");
    Values.listAt(old, "tolerations").stream()
        .filter(toleration -> !tolerations.contains(toleration))
        .forEach(
            toleration ->
                errors.add(
                    FieldError.forbidden(
                        "spec.tolerations",
                        "existing toleration can not be modified except its"
                            + " tolerationSeconds")));
    List<Object> gates = Values.listAt(old, "schedulingGates");
    Values.listAt(now, "schedulingGates").stream()
        .filter(gate -> !gates.contains(gate))
        .forEach(
            gate ->
                errors.add(
                    FieldError.forbidden(
                        "spec.schedulingGates",
                        "only deletion is allowed, but found new scheduling gate '%s'"
                            .formatted(Checks.text(gate, "name")))));
    List<String> changed = changed(now, old);
    if (!changed.isEmpty()) {
      errors.add(FieldError.forbidden("spec", ONLY + "\n" + String.join("\n", changed)));
    }
  }

  private static void deadline(
      @Nullable Object now, @Nullable Object old, List<FieldError> errors) {
    if (!(old instanceof Long before) || Objects.equals(now, old)) {
      return;
    }
    if (now == null) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds",
              null,
              "must not update from a positive integer to nil value"));
    } else if (now instanceof Long after && after > before) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds", after, "must be less than or equal to previous value"));
    }
  }

  /** The fields that differ although they may not. */
  private static List<String> changed(Map<String, Object> now, Map<String, Object> old) {
    Map<String, Object> left = fixed(now);
    Map<String, Object> right = fixed(old);
    List<String> changed = new ArrayList<>();
    left.forEach(
        (name, value) -> {
          if (!Objects.equals(value, right.get(name))) {
            changed.add(name);
          }
        });
    right.keySet().stream().filter(name -> !left.containsKey(name)).forEach(changed::add);
    return changed;
  }

  private static Map<String, Object> fixed(Map<String, Object> spec) {
    return Draft.change(
        spec,
        draft -> {
          List.of("activeDeadlineSeconds", "tolerations", "schedulingGates").forEach(draft::remove);
          draft.each("containers", container -> container.remove("image"));
          draft.each("initContainers", container -> container.remove("image"));
          draft.remove("ephemeralContainers");
        });
  }
}
