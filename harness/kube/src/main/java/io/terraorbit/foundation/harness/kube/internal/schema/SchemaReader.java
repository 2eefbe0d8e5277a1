package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Bounds;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Choices;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Makes a schema from {@code openAPIV3Schema}; collects what is not structural. */
public final class SchemaReader {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");

  private final List<FieldError> errors = new ArrayList<>();

  /** What was wrong in all that was read. */
  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  /**
   * Reads the schema of a whole custom resource.
   *
   * @param path where the schema stands in the definition
   */
  public StructuralSchema readRoot(Map<String, Object> json, String path) {
    String type = Values.string(json, "type").orElse("");
    if (type.isEmpty()) {
      errors.add(FieldError.required(path + ".type", "must not be empty at the root"));
    } else if (!type.equals("object")) {
      errors.add(FieldError.invalid(path + ".type", type, "must be object at the root"));
    }
    errors.addAll(SchemaChecks.check(json, path));
    return read(json, path, false);
  }

  private StructuralSchema read(Map<String, Object> json, String path, boolean nested) {
    if (!Values.listAt(json, "x-kubernetes-validations").isEmpty()) {
      throw Refusals.notImplemented("x-kubernetes-validations (CEL) in custom resources");
    }
    String type = Values.string(json, "type").orElse("");
    boolean intOrString = flag(json, "x-kubernetes-int-or-string");
    boolean preserves = flag(json, "x-kubernetes-preserve-unknown-fields");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      errors.add(FieldError.notSupported(path + ".type", type, List.copyOf(TYPES)));
    }
    Map<String, StructuralSchema> properties = new TreeMap<>();
    Values.objectAt(json, "properties")
        .forEach(
            (name, schema) ->
                properties.put(
                    name,
                    child(schema, path + ".properties[" + name + "]", nested, "object fields")));
    Object additional = Values.at(json, "additionalProperties").orElse(null);
    return new StructuralSchema(
        type,
        flag(json, "nullable"),
        preserves || Boolean.TRUE.equals(additional),
        intOrString,
        flag(json, "x-kubernetes-embedded-resource"),
        Collections.unmodifiableMap(properties),
        additional instanceof Map<?, ?>
            ? child(additional, path + ".additionalProperties", nested, "object fields")
            : null,
        Values.at(json, "items")
            .map(items -> child(items, path + ".items", nested, "array items"))
            .orElse(null),
        Values.at(json, "default").orElse(null),
        bounds(json, path),
        choices(json, path));
  }

  private StructuralSchema child(Object json, String path, boolean nested, String what) {
    Map<String, Object> schema = json instanceof Map<?, ?> ? Values.object(json) : Map.of();
    boolean typed =
        schema.containsKey("type")
            || flag(schema, "x-kubernetes-int-or-string")
            || flag(schema, "x-kubernetes-preserve-unknown-fields");
    if (!nested && !typed) {
      errors.add(FieldError.required(path + ".type", "must not be empty for specified " + what));
    }
    return read(schema, path, nested);
  }

  private Bounds bounds(Map<String, Object> json, String path) {
    return new Bounds(
        decimal(json, "minimum"),
        decimal(json, "maximum"),
        flag(json, "exclusiveMinimum"),
        flag(json, "exclusiveMaximum"),
        decimal(json, "multipleOf"),
        whole(json, "minLength"),
        whole(json, "maxLength"),
        pattern(json, path),
        whole(json, "minItems"),
        whole(json, "maxItems"),
        whole(json, "minProperties"),
        whole(json, "maxProperties"),
        Values.string(json, "format").orElse(""));
  }

  private Choices choices(Map<String, Object> json, String path) {
    return new Choices(
        texts(json, "required"),
        Values.listAt(json, "enum"),
        junctors(json, "allOf", path),
        junctors(json, "anyOf", path),
        junctors(json, "oneOf", path),
        Values.at(json, "not").map(not -> child(not, path + ".not", true, "")).orElse(null),
        Values.string(json, "x-kubernetes-list-type").orElse("atomic"),
        texts(json, "x-kubernetes-list-map-keys"));
  }

  private List<StructuralSchema> junctors(Map<String, Object> json, String name, String path) {
    List<StructuralSchema> schemas = new ArrayList<>();
    List<Object> elements = Values.listAt(json, name);
    for (int i = 0; i < elements.size(); i++) {
      schemas.add(child(elements.get(i), "%s.%s[%d]".formatted(path, name, i), true, ""));
    }
    return List.copyOf(schemas);
  }

  private @Nullable Pattern pattern(Map<String, Object> json, String path) {
    String text = Values.string(json, "pattern").orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      errors.add(
          FieldError.invalid(
              path + ".pattern",
              text,
              "must be a valid regular expression, but isn't: " + e.getDescription()));
      return null;
    }
  }

  private static List<String> texts(Map<String, Object> json, String name) {
    return Values.listAt(json, name).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  private static boolean flag(Map<String, Object> json, String name) {
    return Boolean.TRUE.equals(json.get(name));
  }

  private static @Nullable Long whole(Map<String, Object> json, String name) {
    return json.get(name) instanceof Number number ? (Long) number.longValue() : null;
  }

  private static @Nullable Double decimal(Map<String, Object> json, String name) {
    return json.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
  }
}
