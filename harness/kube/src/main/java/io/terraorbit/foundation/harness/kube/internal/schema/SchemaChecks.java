package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code apiextensions.k8s.io/v1} forbids in an {@code openAPIV3Schema}, beyond that every
 * value must have a type.
 */
final class SchemaChecks {
  private static final String EXTENSION = "x-kubernetes-";
  private static final String LIST_TYPE = EXTENSION + "list-type";
  private static final String LIST_KEYS = EXTENSION + "list-map-keys";
  private static final String PRESERVE = EXTENSION + "preserve-unknown-fields";
  private static final String INT_OR_STRING = EXTENSION + "int-or-string";
  private static final String EMBEDDED = EXTENSION + "embedded-resource";
  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

  /** What must not stand in the parts of {@code allOf} and its like, and how it is refused. */
  private static final Map<String, String> NOT_NESTED = notNested();

  private final List<FieldError> errors = new ArrayList<>();

  private SchemaChecks() {}

  static List<FieldError> check(Map<String, Object> schema, String path) {
    SchemaChecks checks = new SchemaChecks();
    checks.node(schema, path, false);
    checks.metadata(schema, path);
    return List.copyOf(checks.errors);
  }

  private static Map<String, String> notNested() {
    Map<String, String> refusals = new LinkedHashMap<>();
    refusals.put("additionalProperties", "must be undefined to be structural");
    refusals.put("type", "must be empty to be structural");
    refusals.put("title", "must be empty to be structural");
    refusals.put("description", "must be empty to be structural");
    refusals.put("default", "must be undefined to be structural");
    refusals.put("nullable", "must be false to be structural");
    refusals.put(PRESERVE, "must be false to be structural");
    refusals.put(EMBEDDED, "must be false to be structural");
    refusals.put(INT_OR_STRING, "must be false to be structural");
    refusals.put(LIST_TYPE, "must be undefined to be structural");
    refusals.put(LIST_KEYS, "must be empty to be structural");
    return refusals;
  }

  private void node(Map<String, Object> schema, String path, boolean nested) {
    for (String keyword : UNSUPPORTED) {
      if (schema.containsKey(keyword)) {
        errors.add(FieldError.forbidden(path + "." + keyword, keyword + " is not supported"));
      }
    }
    if (schema.get("items") instanceof List<?>) {
      errors.add(
          FieldError.forbidden(path + ".items", "items must be a schema object and not an array"));
    }
    if (flag(schema, "uniqueItems")) {
      errors.add(
          FieldError.forbidden(
              path + ".uniqueItems",
              "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
    }
    if (schema.containsKey("additionalProperties")
        && !Boolean.TRUE.equals(schema.get("additionalProperties"))
        && !Values.objectAt(schema, "properties").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              path + ".additionalProperties",
              "additionalProperties and properties are mutual exclusive"));
    }
    if (nested) {
      nested(schema, path);
    } else {
      extensions(schema, path);
      lists(schema, path);
    }
    children(schema, path, nested);
  }

  private void children(Map<String, Object> schema, String path, boolean nested) {
    new TreeMap<>(Values.objectAt(schema, "properties"))
        .forEach((name, child) -> child(child, path + ".properties[" + name + "]", nested));
    for (String keyword : List.of("additionalProperties", "items")) {
      child(schema.getOrDefault(keyword, ""), path + "." + keyword, nested);
    }
    child(schema.getOrDefault("not", ""), path + ".not", true);
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      List<Object> parts = Values.listAt(schema, keyword);
      for (int i = 0; i < parts.size(); i++) {
        if (!(flag(schema, INT_OR_STRING) && typeOnly(parts.get(i)))) {
          child(parts.get(i), "%s.%s[%d]".formatted(path, keyword, i), true);
        }
      }
    }
  }

  private void child(Object child, String path, boolean nested) {
    if (child instanceof Map<?, ?>) {
      node(Values.object(child), path, nested);
    }
  }

  private void nested(Map<String, Object> schema, String path) {
    NOT_NESTED.forEach(
        (keyword, refusal) -> {
          Object value = schema.get(keyword);
          if (value != null && !value.equals(false) && !value.equals("")) {
            errors.add(FieldError.forbidden(path + "." + keyword, refusal));
          }
        });
  }

  private void extensions(Map<String, Object> schema, String path) {
    String type = Values.string(schema, "type").orElse("");
    if (Boolean.FALSE.equals(schema.get(PRESERVE))) {
      errors.add(FieldError.invalid(path + "." + PRESERVE, false, "must be true or undefined"));
    }
    if (flag(schema, INT_OR_STRING) && !type.isEmpty()) {
      errors.add(
          FieldError.invalid(
              path + ".type", type, "must be empty if x-kubernetes-int-or-string is true"));
    }
    if (flag(schema, EMBEDDED)) {
      if (!type.equals("object")) {
        errors.add(typed(path, type, "must be object if x-kubernetes-embedded-resource is true"));
      }
      if (!flag(schema, PRESERVE) && Values.objectAt(schema, "properties").isEmpty()) {
        errors.add(
            FieldError.required(
                path + ".properties",
                "must not be empty if x-kubernetes-embedded-resource is true without"
                    + " x-kubernetes-preserve-unknown-fields"));
      }
    }
  }

  private void lists(Map<String, Object> schema, String path) {
    String type = Values.string(schema, "type").orElse("");
    String listType = Values.string(schema, LIST_TYPE).orElse("");
    List<Object> keys = Values.listAt(schema, LIST_KEYS);
    if (!listType.isEmpty()) {
      if (!List.of("atomic", "set", "map").contains(listType)) {
        errors.add(
            FieldError.notSupported(
                path + "." + LIST_TYPE, listType, List.of("atomic", "map", "set")));
      }
      if (!type.equals("array")) {
        errors.add(typed(path, type, "must be array if x-kubernetes-list-type is specified"));
      }
    }
    if (listType.equals("map") && keys.isEmpty()) {
      errors.add(
          FieldError.required(
              path + "." + LIST_KEYS, "must not be empty if x-kubernetes-list-type is map"));
    }
    if (!keys.isEmpty() && !listType.equals("map")) {
      String why = "must be map if x-kubernetes-list-map-keys is non-empty";
      errors.add(
          listType.isEmpty()
              ? FieldError.required(path + "." + LIST_TYPE, why)
              : FieldError.invalid(path + "." + LIST_TYPE, listType, why));
    }
    if (listType.equals("map")) {
      keys(schema, keys, path);
    }
  }

  private void keys(Map<String, Object> schema, List<Object> keys, String path) {
    Map<String, Object> properties = Values.objectAt(schema, "items", "properties");
    List<Object> required = Values.listAt(schema, "items", "required");
    for (Object key : keys) {
      Object property = properties.get(String.valueOf(key));
      if (property == null) {
        errors.add(
            FieldError.invalid(
                path + "." + LIST_KEYS, keys, "entries must all be names of item properties"));
      } else if (!required.contains(key) && Values.at(property, "default").isEmpty()) {
        errors.add(
            FieldError.required(
                "%s.items.properties[%s].default".formatted(path, key),
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                    + " required property"));
      }
    }
  }

  /** The metadata of the whole object, of which a schema may say only what names look like. */
  private void metadata(Map<String, Object> schema, String path) {
    Map<String, Object> allowed = Values.objectAt(schema, "properties", "metadata", "properties");
    if (!allowed.keySet().stream().allMatch(List.of("name", "generateName")::contains)) {
      errors.add(
          FieldError.forbidden(
              path + ".properties[metadata]",
              "must not specify anything other than name and generateName, but metadata is"
                  + " implicitly specified"));
    }
  }

  private static FieldError typed(String path, String type, String why) {
    return type.isEmpty()
        ? FieldError.required(path + ".type", why)
        : FieldError.invalid(path + ".type", type, why);
  }

  private static boolean typeOnly(Object part) {
    return part instanceof Map<?, ?> members
        && (members.keySet().equals(java.util.Set.of("type"))
            || members.keySet().equals(java.util.Set.of("allOf")));
  }

  private static boolean flag(Map<String, Object> schema, String name) {
    return Boolean.TRUE.equals(schema.get(name));
  }
}
