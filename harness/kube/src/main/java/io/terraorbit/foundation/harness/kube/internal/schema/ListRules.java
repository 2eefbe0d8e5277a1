package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** No two elements of a set are the same, and no two of a list of type map have the same keys. */
public final class ListRules {
  private final List<FieldError> errors = new ArrayList<>();

  private ListRules() {}

  /** The duplicates in all lists of an object; each value is named once. */
  public static List<FieldError> check(StructuralSchema schema, Map<String, Object> object) {
    ListRules rules = new ListRules();
    rules.object(schema, object, "");
    return List.copyOf(rules.errors);
  }

  private void object(StructuralSchema schema, Map<String, Object> object, String path) {
    object.forEach(
        (name, member) -> {
          StructuralSchema property = schema.properties().get(name);
          if (property != null) {
            value(property, member, path.isEmpty() ? name : path + "." + name);
          } else if (schema.additional() != null && schema.additional().schema() != null) {
            value(schema.additional().schema(), member, "%s[%s]".formatted(path, name));
          }
        });
  }

  private void value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> members) {
      object(schema, Values.object(members), path);
    } else if (value instanceof List<?> elements) {
      switch (schema.choices().listType()) {
        case "set" -> unique(elements, elements, path);
        case "map" -> map(schema, elements, path);
        default -> {}
      }
      if (schema.items() != null) {
        for (int i = 0; i < elements.size(); i++) {
          value(schema.items(), elements.get(i), "%s[%d]".formatted(path, i));
        }
      }
    }
  }

  private void map(StructuralSchema schema, List<?> elements, String path) {
    List<Map<String, @Nullable Object>> keys = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      if (element != null && !(element instanceof Map<?, ?>)) {
        errors.add(
            FieldError.invalid(
                "%s[%d]".formatted(path, i),
                element,
                "must be an object for an array of list-type map"));
        return;
      }
      Map<String, @Nullable Object> key = new TreeMap<>();
      if (element instanceof Map<?, ?> members) {
        for (String name : schema.choices().listMapKeys()) {
          if (members.containsKey(name)) {
            key.put(name, members.get(name));
          }
        }
      }
      keys.add(key);
    }
    unique(keys, keys, path);
  }

  private void unique(List<?> values, List<?> shown, String path) {
    Map<@Nullable Object, Integer> times = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (times.merge(values.get(i), 1, Integer::sum) == 2) {
        errors.add(FieldError.duplicate("%s[%d]".formatted(path, i), shown.get(i)));
      }
    }
  }
}
