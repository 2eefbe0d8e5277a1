package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the objects that stand inside a custom resource as resources of their own. */
final class Embedded {
  private final Map<String, Map<String, Object>> found = new LinkedHashMap<>();

  private Embedded() {}

  static Map<String, Map<String, Object>> find(
      StructuralSchema schema, Map<String, Object> object) {
    Embedded embedded = new Embedded();
    embedded.members(schema, object, "");
    return embedded.found;
  }

  private void value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> members) {
      if (schema.embedded()) {
        found.put(path, Values.object(members));
      }
      members(schema, Values.object(members), path);
    } else if (value instanceof List<?> elements && schema.items() != null) {
      for (int i = 0; i < elements.size(); i++) {
        value(schema.items(), elements.get(i), "%s[%d]".formatted(path, i));
      }
    }
  }

  private void members(StructuralSchema schema, Map<String, Object> object, String path) {
    object.forEach(
        (name, member) ->
            schema
                .member(name)
                .ifPresent(
                    known -> value(known, member, path.isEmpty() ? name : path + "." + name)));
  }
}
