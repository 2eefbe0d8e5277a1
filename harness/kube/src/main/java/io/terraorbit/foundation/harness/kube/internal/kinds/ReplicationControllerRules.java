package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** ReplicationControllers, whose selector is a plain map and may come from the template. */
final class ReplicationControllerRules implements KindRules {
  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        controller -> {
          Draft spec = controller.make("spec");
          PodDefaults.template(spec, "template");
          Map<String, Object> labels =
              Values.objectAt(object, "spec", "template", "metadata", "labels");
          if (!labels.isEmpty()) {
            if (Values.objectAt(object, "spec", "selector").isEmpty()) {
              spec.put("selector", labels);
            }
            if (Values.objectAt(object, "metadata", "labels").isEmpty()) {
              controller.make("metadata").put("labels", labels);
            }
          }
          spec.orElse("replicas", 1L);
        });
  }

  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    return Members.of("replicas", 0L);
  }

  @Override
  public List<String> warnings(Map<String, Object> object) {
    return HostNames.ofWorkload(object);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    Checks.notNegative(errors, "spec", spec, "minReadySeconds", "replicas");
    Map<String, Object> selector = Values.objectAt(spec, "selector");
    if (selector.isEmpty()) {
      errors.add(FieldError.required("spec.selector", ""));
    }
    Object template = spec.get("template");
    if (template == null) {
      errors.add(FieldError.required("spec.template", ""));
      return;
    }
    WorkloadRules.matching(
        LabelSelector.ofLabels(selector).matches(WorkloadRules.labels(template)), template, errors);
    PodChecks.template(errors, "spec.template", template);
    WorkloadRules.running(template, errors);
  }
}
