package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Events, which are of the namespace that they tell about. */
final class EventRules implements KindRules {
  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        event -> {
          event.make("involvedObject");
          event.make("source");
          event.orElse("reportingComponent", "").orElse("reportingInstance", "");
        });
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    String about = Checks.text(object, "involvedObject", "namespace");
    String namespace = Checks.text(object, "metadata", "namespace");
    boolean matches =
        about.equals(namespace)
            || (about.isEmpty() && List.of("default", "kube-system").contains(namespace));
    if (!matches) {
      errors.add(
          FieldError.invalid("involvedObject.namespace", about, "does not match event.namespace"));
    }
    if (Objects.toString(object.get("eventTime"), "").isEmpty()) {
      return;
    }
    for (String name : List.of("reportingComponent", "reportingInstance", "action", "reason")) {
      if (Checks.text(object, name).isEmpty()) {
        String field = name.equals("reportingComponent") ? "reportingController" : name;
        errors.add(FieldError.required(field, ""));
      }
    }
  }
}
