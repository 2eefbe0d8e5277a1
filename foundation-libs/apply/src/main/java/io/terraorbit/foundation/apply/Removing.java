package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields out of a value. What is owned as a whole is emptied when any part of it is to go.
 * Stateless.
 */
final class Removing {
  private Removing() {}

  static @Nullable Object remove(FieldType type, @Nullable Object value, FieldSet fields) {
    return switch (type.form(value)) {
      case SCALAR -> value;
      case LIST ->
          value instanceof List<?> elements
              ? removeFrom(type.listShape(), elements, fields)
              : value;
      case MAP ->
          value instanceof Map<?, ?> members ? removeFrom(type.mapShape(), members, fields) : value;
    };
  }

  private static Object removeFrom(MapShape shape, Map<?, ?> members, FieldSet fields) {
    if (shape.atomic()) {
      return Map.of();
    }
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          String name = (String) key;
          PathElement element = PathElement.field(name);
          if (!fields.has(element)) {
            kept.put(name, inner(shape.member(name), value, fields.below(element)));
          }
        });
    return Collections.unmodifiableMap(kept);
  }

  private static Object removeFrom(ListShape shape, List<?> elements, FieldSet fields) {
    if (shape.atomic()) {
      return List.of();
    }
    List<@Nullable Object> kept = new ArrayList<>(elements.size());
    for (Object element : elements) {
      PathElement identity = shape.identity(element);
      if (!fields.has(identity)) {
        kept.add(inner(shape.element().get(), element, fields.below(identity)));
      }
    }
    return Collections.unmodifiableList(kept);
  }

  private static @Nullable Object inner(FieldType type, @Nullable Object value, FieldSet fields) {
    return fields.isEmpty() ? value : remove(type, value, fields);
  }
}
