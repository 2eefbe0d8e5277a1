package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code x-kubernetes-list-type} says of lists: no element twice, no key twice. */
final class ListTypes {
  private final List<FieldError> errors = new ArrayList<>();

  private ListTypes() {}

  static List<FieldError> check(StructuralSchema schema, Map<String, Object> object) {
    ListTypes types = new ListTypes();
    types.value(schema, object, "");
    return List.copyOf(types.errors);
  }

  /** The values of an element's keys; null for one that is no object. */
  static @Nullable Map<String, @Nullable Object> key(
      StructuralSchema list, @Nullable Object element) {
    if (!(element instanceof Map<?, ?> members)) {
      return null;
    }
    StructuralSchema items = list.items();
    Map<String, @Nullable Object> key = new TreeMap<>();
    for (String name : list.choices().listMapKeys()) {
      Object value = members.get(name);
      if (value == null && items != null) {
        value = items.member(name).map(StructuralSchema::defaultValue).orElse(null);
      }
      key.put(name, value);
    }
    return key;
  }

  private void value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> members) {
      Values.object(members)
          .forEach(
              (name, member) ->
                  schema
                      .member(name)
                      .ifPresent(
                          known ->
                              value(known, member, path.isEmpty() ? name : path + "." + name)));
    } else if (value instanceof List<?> elements) {
      unique(schema, elements, path);
      StructuralSchema items = schema.items();
      for (int i = 0; items != null && i < elements.size(); i++) {
        value(items, elements.get(i), "%s[%d]".formatted(path, i));
      }
    }
  }

  private void unique(StructuralSchema schema, List<?> elements, String path) {
    String type = schema.choices().listType();
    Set<@Nullable Object> seen = new HashSet<>();
    for (int i = 0; i < elements.size() && !type.equals("atomic"); i++) {
      Object key = type.equals("map") ? key(schema, elements.get(i)) : elements.get(i);
      if (key != null && !seen.add(key)) {
        errors.add(FieldError.duplicate("%s[%d]".formatted(path, i), key));
      }
    }
  }
}
