package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the members that a schema does not know. */
final class Pruner {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<String> dropped = new ArrayList<>();

  Map<String, Object> root(StructuralSchema schema, Map<String, Object> object) {
    return members(schema, object, "", true, schema.preserves());
  }

  List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** Prunes a value; one without a schema loses all its members. */
  @Nullable Object value(@Nullable StructuralSchema schema, @Nullable Object value, String path) {
    return value(schema, value, path, false);
  }

  private @Nullable Object value(
      @Nullable StructuralSchema schema,
      @Nullable Object value,
      String path,
      boolean preservedList) {
    boolean preserves = preservedList || (schema != null && schema.preserves());
    if (value instanceof Map<?, ?> members) {
      boolean envelope = schema != null && schema.embedded();
      return members(schema, Values.object(members), path, envelope, preserves);
    }
    if (!(value instanceof List<?> elements)) {
      return value;
    }
    StructuralSchema items = schema == null ? null : schema.items();
    if (preserves && items == null) {
      return value;
    }
    boolean inPreserved = preserves;
    return Rebuilt.elements(
        elements, (i, element) -> value(items, element, "%s[%d]".formatted(path, i), inPreserved));
  }

  private Map<String, Object> members(
      @Nullable StructuralSchema schema,
      Map<String, Object> object,
      String path,
      boolean envelope,
      boolean preserves) {
    return Rebuilt.members(
        object,
        (name, member) -> {
          if (envelope && ENVELOPE.contains(name)) {
            return member;
          }
          String memberPath = path.isEmpty() ? name : path + "." + name;
          StructuralSchema property = schema == null ? null : schema.properties().get(name);
          if (property != null) {
            return value(property, member, memberPath);
          }
          if (schema != null && schema.additional() != null) {
            return value(schema.additional().schema(), member, memberPath);
          }
          if (preserves) {
            return member;
          }
          dropped.add(memberPath);
          return Rebuilt.GONE;
        });
  }
}
