package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.json.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in defaults, from the outside in. A null where none may be counts as absent.
 *
 * <p>Defaults stand in properties, in the schema of additional properties and in that of items; the
 * last two fill in only for nulls.
 */
final class Defaulter {
  private Defaulter() {}

  static Map<String, Object> fill(StructuralSchema schema, Map<String, Object> object) {
    return Rebuilt.members(
        withProperties(schema, object),
        (name, value) -> {
          StructuralSchema member = schema.member(name).orElse(null);
          return member == null ? value : value(member, forNull(member, value));
        });
  }

  /** The object without the nulls that may not be and that no default replaces. */
  static Map<String, Object> withoutNulls(StructuralSchema schema, Map<String, Object> object) {
    return Rebuilt.members(
        object,
        (name, value) -> {
          StructuralSchema member = schema.member(name).orElse(null);
          if (value == null) {
            boolean stays = member == null || member.nullable() || member.defaultValue() != null;
            return stays ? null : Rebuilt.GONE;
          }
          return member == null ? value : withoutNulls(member, value);
        });
  }

  private static Object withoutNulls(StructuralSchema schema, Object value) {
    if (value instanceof Map<?, ?> members) {
      return withoutNulls(schema, Values.object(members));
    }
    StructuralSchema items = schema.items();
    return value instanceof List<?> elements && items != null
        ? Rebuilt.elements(
            elements, (i, element) -> element == null ? null : withoutNulls(items, element))
        : value;
  }

  private static Map<String, Object> withProperties(
      StructuralSchema schema, Map<String, Object> object) {
    Map<String, Object> filled = null;
    for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
      Object defaultValue = property.getValue().defaultValue();
      if (defaultValue == null || object.get(property.getKey()) != null) {
        continue;
      }
      if (!object.containsKey(property.getKey()) || !property.getValue().nullable()) {
        filled = filled == null ? new LinkedHashMap<>(object) : filled;
        filled.put(property.getKey(), defaultValue);
      }
    }
    return filled == null ? object : Collections.unmodifiableMap(filled);
  }

  private static @Nullable Object forNull(StructuralSchema schema, @Nullable Object value) {
    return value == null && !schema.nullable() ? schema.defaultValue() : value;
  }

  private static @Nullable Object value(StructuralSchema schema, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return fill(schema, Values.object(members));
    }
    StructuralSchema items = schema.items();
    return value instanceof List<?> elements && items != null
        ? Rebuilt.elements(elements, (i, element) -> value(items, forNull(items, element)))
        : value;
  }
}
