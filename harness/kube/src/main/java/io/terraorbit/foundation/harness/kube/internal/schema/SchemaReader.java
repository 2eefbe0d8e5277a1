package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Additional;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Bounds;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Choices;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a schema from {@code openAPIV3Schema}, whether or not that is a good one. What it cannot
 * read it leaves out.
 */
public final class SchemaReader {
  private SchemaReader() {}

  public static StructuralSchema read(Map<String, Object> json) {
    Map<String, StructuralSchema> properties = new TreeMap<>();
    Values.objectAt(json, "properties")
        .forEach((name, schema) -> properties.put(name, read(members(schema))));
    return new StructuralSchema(
        Values.string(json, "type").orElse(""),
        flag(json, "nullable"),
        flag(json, "x-kubernetes-preserve-unknown-fields"),
        flag(json, "x-kubernetes-int-or-string"),
        flag(json, "x-kubernetes-embedded-resource"),
        Collections.unmodifiableMap(properties),
        additional(json.get("additionalProperties")),
        schemaAt(json, "items"),
        Values.at(json, "default").orElse(null),
        bounds(json),
        choices(json));
  }

  private static @Nullable Additional additional(@Nullable Object json) {
    if (json instanceof Boolean allowed) {
      return new Additional(allowed, null);
    }
    return json instanceof Map<?, ?> schema
        ? new Additional(true, read(Values.object(schema)))
        : null;
  }

  private static Bounds bounds(Map<String, Object> json) {
    return new Bounds(
        decimal(json, "minimum"),
        decimal(json, "maximum"),
        flag(json, "exclusiveMinimum"),
        flag(json, "exclusiveMaximum"),
        decimal(json, "multipleOf"),
        whole(json, "minLength"),
        whole(json, "maxLength"),
        pattern(json),
        whole(json, "minItems"),
        whole(json, "maxItems"),
        whole(json, "minProperties"),
        whole(json, "maxProperties"),
        Formats.known(
            Values.string(json, "type").orElse(""), Values.string(json, "format").orElse("")));
  }

  private static Choices choices(Map<String, Object> json) {
    return new Choices(
        texts(json, "required"),
        Values.listAt(json, "enum"),
        schemas(json, "allOf"),
        schemas(json, "anyOf"),
        schemas(json, "oneOf"),
        schemaAt(json, "not"),
        Values.string(json, "x-kubernetes-list-type").orElse("atomic"),
        texts(json, "x-kubernetes-list-map-keys"));
  }

  private static @Nullable StructuralSchema schemaAt(Map<String, Object> json, String name) {
    return json.get(name) instanceof Map<?, ?> schema ? read(Values.object(schema)) : null;
  }

  private static List<StructuralSchema> schemas(Map<String, Object> json, String name) {
    List<StructuralSchema> schemas = new ArrayList<>();
    Values.listAt(json, name).forEach(schema -> schemas.add(read(members(schema))));
    return List.copyOf(schemas);
  }

  private static @Nullable Pattern pattern(Map<String, Object> json) {
    String text = Values.string(json, "pattern").orElse("");
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static Map<String, Object> members(@Nullable Object json) {
    return json instanceof Map<?, ?> ? Values.object(json) : Map.of();
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
