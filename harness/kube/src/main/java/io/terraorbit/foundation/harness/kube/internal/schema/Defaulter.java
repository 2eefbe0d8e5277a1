package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in defaults, from the outside in; a null where none may be is as good as nothing. */
final class Defaulter {
  private Defaulter() {}

  static Map<String, Object> fill(StructuralSchema schema, Map<String, Object> object) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(object);
    filled
        .entrySet()
        .removeIf(
            member ->
                member.getValue() == null
                    && schema
                        .member(member.getKey())
                        .filter(known -> !known.nullable())
                        .isPresent());
    schema
        .properties()
        .forEach(
            (name, property) -> {
              if (!filled.containsKey(name) && property.defaultValue() != null) {
                filled.put(name, property.defaultValue());
              }
            });
    filled.replaceAll(
        (name, value) ->
            schema.member(name).isPresent() ? value(schema.member(name).get(), value) : value);
    return Collections.unmodifiableMap(filled);
  }

  private static @Nullable Object value(StructuralSchema schema, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return fill(schema, Values.object(members));
    }
    StructuralSchema items = schema.items();
    if (value instanceof List<?> elements && items != null) {
      List<@Nullable Object> filled = new ArrayList<>(elements.size());
      elements.forEach(element -> filled.add(value(items, element)));
      return Collections.unmodifiableList(filled);
    }
    return value;
  }
}
