package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What metadata must hold. */
final class MetaRules {
  private static final long MAX_ANNOTATION_BYTES = 256L * 1024;

  private MetaRules() {}

  /** What is wrong with the contents. */
  static List<FieldError> check(ResourceType type, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>();
    String name = Meta.name(object);
    String base = Meta.text(object, "generateName");
    if (!base.isEmpty()) {
      for (String problem : Names.problems(type, continued(base))) {
        errors.add(FieldError.invalid("metadata.generateName", base, problem));
      }
    }
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else {
      for (String problem : Names.problems(type, name)) {
        errors.add(FieldError.invalid("metadata.name", name, problem));
      }
    }
    Meta.labels(object)
        .forEach(
            (key, value) -> {
              keyErrors(errors, "metadata.labels", key);
              Names.labelValueProblems(String.valueOf(value))
                  .forEach(
                      problem -> errors.add(FieldError.invalid("metadata.labels", value, problem)));
            });
    annotations(errors, Values.objectAt(object, "metadata", "annotations"));
    Meta.finalizers(object)
        .forEach(finalizer -> keyErrors(errors, "metadata.finalizers", String.valueOf(finalizer)));
    owners(errors, Meta.owners(object));
    return errors;
  }

  /** The beginning of a name, as if it went on after a dash at its end. */
  private static String continued(String base) {
    return base.length() > 1 && base.endsWith("-")
        ? base.substring(0, base.length() - 2) + "a"
        : base;
  }

  private static void annotations(List<FieldError> errors, Map<String, Object> annotations) {
    long bytes = 0;
    for (Map.Entry<String, Object> annotation : annotations.entrySet()) {
      keyErrors(errors, "metadata.annotations", annotation.getKey());
      bytes += annotation.getKey().length() + String.valueOf(annotation.getValue()).length();
    }
    if (bytes > MAX_ANNOTATION_BYTES) {
      errors.add(FieldError.tooLong("metadata.annotations", MAX_ANNOTATION_BYTES));
    }
  }

  private static void owners(List<FieldError> errors, List<Object> owners) {
    for (int i = 0; i < owners.size(); i++) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (Values.string(owners.get(i), field).orElse("").isEmpty()) {
          errors.add(
              FieldError.invalid(
                  "metadata.ownerReferences[%d].%s".formatted(i, field), "", "must not be empty"));
        }
      }
    }
  }

  private static void keyErrors(List<FieldError> errors, String field, String key) {
    Names.keyProblems(key).forEach(problem -> errors.add(FieldError.invalid(field, key, problem)));
  }
}
