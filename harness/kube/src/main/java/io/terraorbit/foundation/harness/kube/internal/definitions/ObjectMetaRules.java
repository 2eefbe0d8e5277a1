package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.schema.EmbeddedRules;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with the metadata of an object within an object, which may be of any kind. */
public final class ObjectMetaRules implements EmbeddedRules.Syntax {
  @Override
  public List<FieldError> metadata(Map<String, Object> metadata, String path) {
    List<FieldError> errors = new ArrayList<>();
    for (String field : List.of("generateName", "name")) {
      String name = Values.string(metadata, field).orElse("");
      Names.pathProblems(name)
          .forEach(problem -> errors.add(FieldError.invalid(path + "." + field, name, problem)));
    }
    String namespace = Values.string(metadata, "namespace").orElse("");
    if (!namespace.isEmpty()) {
      Names.labelProblems(namespace)
          .forEach(
              problem -> errors.add(FieldError.invalid(path + ".namespace", namespace, problem)));
    }
    Values.objectAt(metadata, "labels")
        .forEach(
            (key, value) -> {
              key(errors, path + ".labels", key);
              Names.labelValueProblems(String.valueOf(value))
                  .forEach(
                      problem -> errors.add(FieldError.invalid(path + ".labels", value, problem)));
            });
    Values.objectAt(metadata, "annotations")
        .keySet()
        .forEach(key -> key(errors, path + ".annotations", key.toLowerCase(java.util.Locale.ROOT)));
    Values.listAt(metadata, "finalizers")
        .forEach(name -> key(errors, path + ".finalizers", String.valueOf(name)));
    return errors;
  }

  @Override
  public List<String> label(String text) {
    return Names.label1035Problems(text);
  }

  private static void key(List<FieldError> errors, String field, String key) {
    Names.keyProblems(key).forEach(problem -> errors.add(FieldError.invalid(field, key, problem)));
  }
}
