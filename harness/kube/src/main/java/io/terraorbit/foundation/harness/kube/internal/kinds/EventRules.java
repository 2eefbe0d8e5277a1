package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Events, which are of the namespace that they tell about. Those with an {@code eventTime} are of
 * the newer sort, which must say more.
 */
final class EventRules implements KindRules {
  private static final Set<String> OF_THE_CLUSTER = Set.of("default", "kube-system");
  private static final int MAX_WORDS = 128;
  private static final int MAX_MESSAGE = 1024;

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
    if (Objects.toString(object.get("eventTime"), "").isEmpty()) {
      if (about.isEmpty() ? !namespace.equals("default") : !about.equals(namespace)) {
        misplaced(about, errors);
      }
      return;
    }
    if (about.isEmpty() && !OF_THE_CLUSTER.contains(namespace)) {
      misplaced(about, errors);
    }
    String reporter = Checks.text(object, "reportingComponent");
    required(object, "reportingComponent", errors);
    Names.keyProblems(reporter)
        .forEach(
            problem -> errors.add(FieldError.invalid("reportingComponent", reporter, problem)));
    for (String name : List.of("reportingInstance", "action", "reason")) {
      required(object, name, errors);
      atMost(object, name, MAX_WORDS, errors);
    }
    atMost(object, "message", MAX_MESSAGE, errors);
  }

  private static void misplaced(String about, List<FieldError> errors) {
    errors.add(
        FieldError.invalid("involvedObject.namespace", about, "does not match event.namespace"));
  }

  private static void required(Map<String, Object> event, String name, List<FieldError> errors) {
    if (Checks.text(event, name).isEmpty()) {
      errors.add(FieldError.required(name, ""));
    }
  }

  private static void atMost(
      Map<String, Object> event, String name, int bytes, List<FieldError> errors) {
    if (Checks.text(event, name).getBytes(StandardCharsets.UTF_8).length > bytes) {
      errors.add(FieldError.invalid(name, "", "can have at most %d characters".formatted(bytes)));
    }
  }
}
