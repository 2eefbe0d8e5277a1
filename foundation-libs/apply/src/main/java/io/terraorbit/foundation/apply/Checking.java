package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.apply.FieldType.Scalar;
import io.terraorbit.foundation.apply.TypedValue.Duplicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what in a value is not as its type says, in the real server's words. For one value. */
final class Checking {
  private final Duplicates duplicates;
  private final List<PathElement> path = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  private Checking(Duplicates duplicates) {
    this.duplicates = duplicates;
  }

  static void check(FieldType type, Object value, Duplicates duplicates) {
    Checking walk = new Checking(duplicates);
    walk.visit(type, value);
    if (walk.findings.size() == 1) {
      throw new MismatchException(walk.findings.get(0));
    }
    if (!walk.findings.isEmpty()) {
      throw new MismatchException("errors:\n  " + String.join("\n  ", walk.findings));
    }
  }

  private void report(String finding) {
    String at = new FieldPath(path).toString();
    findings.add(at.isEmpty() ? finding : at + ": " + finding);
  }

  private void visit(FieldType type, @Nullable Object value) {
    if (value == null) {
      return;
    }
    switch (type.form(value)) {
      case SCALAR -> visitScalar(type.scalar() == null ? Scalar.ANY : type.scalar(), value);
      case LIST -> {
        if (value instanceof List<?> elements) {
          visitList(type.listShape(), elements);
        } else {
          report("expected list, got &{%s}".formatted(goText(value)));
        }
      }
      case MAP -> {
        if (value instanceof Map<?, ?> members) {
          visitMap(type.mapShape(), members);
        } else {
          report("expected map, got &{%s}".formatted(goText(value)));
        }
      }
    }
  }

  private void visitScalar(Scalar scalar, Object value) {
    switch (scalar) {
      case NUMERIC -> {
        if (!(value instanceof Number)) {
          report("expected numeric (int or float), got " + ValueText.goType(value));
        }
      }
      case STRING -> {
        if (!(value instanceof String)) {
          report(
              "expected string, got &value.valueUnstructured{Value:%s}".formatted(goText(value)));
        }
      }
      case BOOLEAN -> {
        if (!(value instanceof Boolean)) {
          report("expected boolean, got &{%s}".formatted(goText(value)));
        }
      }
      case ANY -> {
        if (!Absent.scalar(value)) {
          report("expected any scalar, got &{%s}".formatted(goText(value)));
        }
      }
    }
  }

  private void visitMap(MapShape shape, Map<?, ?> members) {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = (String) member.getKey();
      path.add(PathElement.field(name));
      boolean known = shape.names(name) || shape.others().isPresent();
      if (known) {
        visit(shape.member(name), member.getValue());
      } else {
        report("field not declared in schema");
      }
      path.remove(path.size() - 1);
      if (!known) {
        return; // the real server stops here, too
      }
    }
  }

  private void visitList(ListShape shape, List<?> elements) {
    Set<PathElement> met = new TreeSet<>();
    for (int i = 0; i < elements.size(); i++) {
      PathElement element;
      try {
        element = shape.atomic() ? new PathElement.Index(i) : shape.identity(elements.get(i));
      } catch (MismatchException e) {
        report("element %d: %s".formatted(i, e.text()));
        return;
      }
      if (!shape.atomic() && !met.add(element) && duplicates == Duplicates.REFUSED) {
        report("duplicate entries for key " + element);
      }
      path.add(element);
      visit(shape.element().get(), elements.get(i));
      path.remove(path.size() - 1);
    }
  }

  /** As Go prints a value that is not of the expected kind. */
  private static String goText(Object value) {
    if (value instanceof Map<?, ?> members) {
      List<String> texts = new ArrayList<>();
      members.forEach((name, member) -> texts.add(name + ":" + member));
      return "map[" + String.join(" ", texts) + "]";
    }
    return String.valueOf(value);
  }
}
