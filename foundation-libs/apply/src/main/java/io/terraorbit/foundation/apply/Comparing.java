package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares two values of a type. What both share, and be it a whole subtree, costs nothing.
 * Confined to one walk.
 */
final class Comparing {
  private final FieldSetBuilder removed = new FieldSetBuilder();
  private final FieldSetBuilder modified = new FieldSetBuilder();
  private final FieldSetBuilder added = new FieldSetBuilder();
  private final List<PathElement> path = new ArrayList<>();

  private Comparing() {}

  static Comparison compare(FieldType type, Object left, Object right) {
    Comparing walk = new Comparing();
    walk.visit(type, left, right);
    return new Comparison(walk.removed.build(), walk.modified.build(), walk.added.build());
  }

  private void visit(FieldType type, @Nullable Object left, @Nullable Object right) {
    if (left == right) {
      return;
    }
    if (Absent.is(right)) {
      visitAs(type, type.form(left), left, right);
      removed.add(path);
    } else if (Absent.is(left)) {
      visitAs(type, type.form(right), left, right);
      added.add(path);
    } else {
      FieldType.Form before = type.form(left);
      FieldType.Form after = type.form(right);
      if (before != after) {
        visitAs(type, before, left, right);
      }
      visitAs(type, after, left, right);
    }
  }

  private void visitAs(
      FieldType type, FieldType.Form form, @Nullable Object left, @Nullable Object right) {
    switch (form) {
      case SCALAR -> leaf(left, right);
      case LIST -> {
        List<?> before = Absent.list(left);
        List<?> after = Absent.list(right);
        if (type.listShape().atomic() || (before.isEmpty() && after.isEmpty())) {
          leaf(left, right);
        } else {
          visitList(type.listShape(), before, after);
        }
      }
      case MAP -> {
        Map<?, ?> before = Absent.map(left);
        Map<?, ?> after = Absent.map(right);
        if (type.mapShape().atomic() || (before.isEmpty() && after.isEmpty())) {
          leaf(left, right); // of two empty ones, {} and null are told apart
        } else {
          visitMap(type.mapShape(), before, after);
        }
      }
    }
  }

  private void leaf(@Nullable Object left, @Nullable Object right) {
    if (!Absent.is(left) && !Absent.is(right) && !ValueOrder.same(left, right)) {
      modified.add(path);
    }
  }

  private void visitMap(MapShape shape, Map<?, ?> left, Map<?, ?> right) {
    left.keySet()
        .forEach(
            key -> {
              String name = (String) key;
              descend(
                  PathElement.field(name),
                  shape.member(name),
                  Absent.member(left, name),
                  Absent.member(right, name));
            });
    right
        .keySet()
        .forEach(
            key -> {
              String name = (String) key;
              if (!left.containsKey(name)) {
                descend(
                    PathElement.field(name),
                    shape.member(name),
                    Absent.ABSENT,
                    Absent.member(right, name));
              }
            });
  }

  private void visitList(ListShape shape, List<?> left, List<?> right) {
    Map<PathElement, List<@Nullable Object>> before = byIdentity(shape, left);
    Map<PathElement, List<@Nullable Object>> after = byIdentity(shape, right);
    FieldType type = shape.element().get();
    before.forEach(
        (identity, same) ->
            visitElements(type, identity, same, after.getOrDefault(identity, List.of())));
    after.forEach(
        (identity, same) -> {
          if (!before.containsKey(identity)) {
            visitElements(type, identity, List.of(), same);
          }
        });
  }

  /** Elements of one identity: if there are several, they are one thing that nobody looks into. */
  private void visitElements(
      FieldType type,
      PathElement identity,
      List<@Nullable Object> before,
      List<@Nullable Object> after) {
    boolean manyBefore = before.size() > 1;
    boolean manyAfter = after.size() > 1;
    if (!manyBefore && !manyAfter) {
      descend(identity, type, first(before), first(after));
      return;
    }
    path.add(identity);
    if (manyBefore && manyAfter) {
      leaf(before, after);
    } else if (manyBefore) {
      if (!after.isEmpty()) {
        visit(type, Absent.ABSENT, after.get(0));
      }
      removed.add(path);
    } else {
      if (!before.isEmpty()) {
        visit(type, before.get(0), Absent.ABSENT);
      }
      added.add(path);
    }
    path.remove(path.size() - 1);
  }

  private static @Nullable Object first(List<@Nullable Object> elements) {
    return elements.isEmpty() ? Absent.ABSENT : elements.get(0);
  }

  private void descend(
      PathElement element, FieldType type, @Nullable Object left, @Nullable Object right) {
    path.add(element);
    visit(type, left, right);
    path.remove(path.size() - 1);
  }

  /** The elements by what identifies them. */
  private static Map<PathElement, List<@Nullable Object>> byIdentity(
      ListShape shape, List<?> elements) {
    Map<PathElement, List<@Nullable Object>> found = new TreeMap<>();
    for (Object element : elements) {
      found.computeIfAbsent(shape.identity(element), any -> new ArrayList<>()).add(element);
    }
    return found;
  }
}
