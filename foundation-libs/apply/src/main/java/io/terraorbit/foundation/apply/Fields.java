package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a value. Scalars and what is owned as a whole are fields; members of objects
 * that the type does not name and elements of lists are fields as well, together with what is in
 * them. Members that the type names are not: they are there because something is in them. Confined
 * to one walk.
 */
final class Fields {
  private final FieldSetBuilder found = new FieldSetBuilder();
  private final List<PathElement> path = new ArrayList<>();

  private Fields() {}

  static FieldSet of(FieldType type, Object value) {
    Fields walk = new Fields();
    walk.visit(type, value);
    return walk.found.build();
  }

  private void visit(FieldType type, @Nullable Object value) {
    switch (type.form(value)) {
      case SCALAR -> found.add(path);
      case LIST -> visitList(type.listShape(), Absent.list(value));
      case MAP -> visitMap(type.mapShape(), Absent.map(value));
    }
  }

  private void visitMap(MapShape shape, Map<?, ?> members) {
    if (shape.atomic()) {
      found.add(path);
      return;
    }
    members.forEach(
        (key, value) -> {
          String name = (String) key;
          path.add(PathElement.field(name));
          visit(shape.member(name), value);
          boolean empty = value == null || (value instanceof Map<?, ?> map && map.isEmpty());
          if (empty || !shape.names(name)) {
            found.add(path);
          }
          path.remove(path.size() - 1);
        });
  }

  private void visitList(ListShape shape, List<?> elements) {
    if (shape.atomic()) {
      found.add(path);
      return;
    }
    Map<PathElement, List<@Nullable Object>> byIdentity = new TreeMap<>();
    for (Object element : elements) {
      byIdentity.computeIfAbsent(shape.identity(element), any -> new ArrayList<>()).add(element);
    }
    byIdentity.forEach(
        (identity, same) -> {
          path.add(identity);
          if (same.size() == 1) {
            visit(shape.element().get(), same.get(0));
          }
          found.add(path);
          path.remove(path.size() - 1);
        });
  }
}
