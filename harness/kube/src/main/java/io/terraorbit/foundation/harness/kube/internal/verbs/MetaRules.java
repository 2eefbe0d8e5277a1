package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What metadata must hold. */
final class MetaRules {
  private static final long MAX_ANNOTATION_BYTES = 256L * 1024;

  /** The names of finalizers that need no domain. */
  private static final Set<String> UNQUALIFIED =
      Set.of("kubernetes", "orphan", "foregroundDeletion");

  /** Groups whose kinds may have finalizers of any name. */
  private static final Set<String> FREE_GROUPS = Set.of("coordination.k8s.io");

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
    if (Meta.generation(object) < 0) {
      errors.add(
          FieldError.invalid(
              "metadata.generation",
              Meta.generation(object),
              "must be greater than or equal to 0"));
    }
    owners(errors, Meta.owners(object));
    finalizers(type, errors, Meta.finalizers(object));
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

  private static void finalizers(
      ResourceType type, List<FieldError> errors, List<Object> finalizers) {
    for (Object finalizer : finalizers) {
      keyErrors(errors, "metadata.finalizers", String.valueOf(finalizer));
    }
    for (int i = 0; i < finalizers.size() && !type.custom(); i++) {
      String name = String.valueOf(finalizers.get(i));
      if (!name.contains("/")
          && !UNQUALIFIED.contains(name)
          && !FREE_GROUPS.contains(type.group())) {
        errors.add(
            FieldError.invalid(
                "metadata.finalizers[%d]".formatted(i),
                name,
                "name is neither a standard finalizer name nor is it fully qualified"));
      }
    }
  }

  private static void owners(List<FieldError> errors, List<Object> owners) {
    String field = "metadata.ownerReferences";
    List<Object> controllers = new ArrayList<>();
    for (Object owner : owners) {
      String apiVersion = Values.string(owner, "apiVersion").orElse("");
      boolean wellFormed = !apiVersion.isEmpty() && apiVersion.split("/", -1).length < 3;
      if (!wellFormed || apiVersion.endsWith("/")) {
        errors.add(
            FieldError.invalid(field + ".apiVersion", apiVersion, "version must not be empty"));
      }
      for (String member : List.of("kind", "name", "uid")) {
        if (Values.string(owner, member).orElse("").isEmpty()) {
          errors.add(FieldError.invalid(field + "." + member, "", "must not be empty"));
        }
      }
      if (Values.string(owner, "kind").orElse("").equals("Event")
          && (apiVersion.equals("v1") || apiVersion.equals("events.k8s.io/v1"))) {
        errors.add(
            FieldError.invalid(
                field,
                owner,
                "%s is disallowed from being an owner".formatted(eventKind(apiVersion))));
      }
      if (Values.at(owner, "controller").orElse(false).equals(true)) {
        controllers.add(owner);
      }
    }
    for (int i = 1; i < controllers.size(); i++) {
      errors.add(
          FieldError.invalid(
              field,
              owners,
              "Only one reference can have Controller set to true. Found \"true\" in references for"
                  + " %s and %s"
                      .formatted(named(controllers.get(i - 1)), named(controllers.get(i)))));
    }
  }

  private static String eventKind(String apiVersion) {
    return (apiVersion.contains("/") ? "" : "/") + apiVersion + ", Kind=Event";
  }

  private static String named(Object owner) {
    return Values.string(owner, "kind").orElse("") + "/" + Values.string(owner, "name").orElse("");
  }

  private static void keyErrors(List<FieldError> errors, String field, String key) {
    Names.keyProblems(key).forEach(problem -> errors.add(FieldError.invalid(field, key, problem)));
  }
}
