package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What metadata must look like: its JSON types, then its contents. */
final class MetaRules {
  private static final long MAX_ANNOTATION_BYTES = 256L * 1024;
  private static final List<String> STRINGS =
      List.of("name", "generateName", "namespace", "uid", "resourceVersion", "creationTimestamp");
  private static final List<String> STRING_MAPS = List.of("labels", "annotations");

  private MetaRules() {}

  /**
   * Checks the types, as decoding into the real server's Go types would.
   *
   * @throws ApiException 400
   */
  static void checkTypes(ResourceType type, Map<String, Object> object) {
    Object metadata = object.get("metadata");
    if (metadata == null) {
      return;
    }
    if (!(metadata instanceof Map<?, ?> members)) {
      throw undecodable(type, metadata, "metadata", "v1.ObjectMeta");
    }
    for (String field : STRINGS) {
      require(type, members.get(field), String.class, field, "string");
    }
    for (String field : STRING_MAPS) {
      require(type, members.get(field), Map.class, field, "map[string]string");
      Values.objectAt(members, field)
          .values()
          .forEach(value -> require(type, value, String.class, field, "string"));
    }
    require(type, members.get("finalizers"), List.class, "finalizers", "[]string");
    Values.listAt(members, "finalizers")
        .forEach(value -> require(type, value, String.class, "finalizers", "string"));
    require(
        type, members.get("ownerReferences"), List.class, "ownerReferences", "[]v1.OwnerReference");
    Values.listAt(members, "ownerReferences")
        .forEach(value -> require(type, value, Map.class, "ownerReferences", "v1.OwnerReference"));
  }

  /** What is wrong with the contents. */
  static List<FieldError> check(ResourceType type, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>();
    String name = Meta.name(object);
    for (String problem : Names.problems(type, name)) {
      errors.add(FieldError.invalid("metadata.name", name, problem));
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

  private static void require(
      ResourceType type, @Nullable Object value, Class<?> wanted, String field, String goType) {
    if (value != null && !wanted.isInstance(value)) {
      throw undecodable(type, value, "ObjectMeta.metadata." + field, goType);
    }
  }

  private static ApiException undecodable(
      ResourceType type, Object met, String field, String goType) {
    String go =
        met instanceof Number ? "number" : met instanceof Boolean ? "bool" : Values.typeName(met);
    return Refusals.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: json: cannot unmarshal %s into Go struct field %s of type %s"
            .formatted(type.kind(), type.version(), type.kind(), go, field, goType));
  }
}
