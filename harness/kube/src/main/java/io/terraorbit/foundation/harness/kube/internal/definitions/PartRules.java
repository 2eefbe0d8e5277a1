package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What else a version says besides its schema: columns, subresources, selectable fields. */
final class PartRules {
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final Set<String> SELECTABLE = Set.of("string", "boolean", "integer");
  private static final int MOST_SELECTABLE = 8;

  private PartRules() {}

  static List<FieldError> columns(List<Object> columns, String path) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      column(errors, columns.get(i), "%s[%d]".formatted(path, i));
    }
    return errors;
  }

  private static void column(List<FieldError> errors, @Nullable Object column, String path) {
    if (Values.string(column, "name").orElse("").isEmpty()) {
      errors.add(FieldError.required(path + ".name", ""));
    }
    String type = Values.string(column, "type").orElse("");
    String types = "must be one of " + String.join(",", COLUMN_TYPES);
    if (type.isEmpty()) {
      errors.add(FieldError.required(path + ".type", types));
    } else if (!COLUMN_TYPES.contains(type)) {
      errors.add(FieldError.invalid(path + ".type", type, types));
    }
    String format = Values.string(column, "format").orElse("");
    if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
      errors.add(
          FieldError.invalid(
              path + ".format", format, "must be one of " + String.join(",", COLUMN_FORMATS)));
    }
    String jsonPath = Values.string(column, "jsonPath").orElse("");
    if (jsonPath.isEmpty()) {
      errors.add(FieldError.required(path + ".JSONPath", ""));
    } else if (!jsonPath.startsWith(".")) {
      errors.add(notSimple(path + ".JSONPath", jsonPath));
    }
  }

  static List<FieldError> subresources(@Nullable Object subresources, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (Values.at(subresources, "scale").isEmpty()) {
      return errors;
    }
    Map<String, Object> scale = Values.objectAt(subresources, "scale");
    scalePath(errors, scale, "specReplicasPath", path, List.of(".spec."), ".spec");
    scalePath(errors, scale, "statusReplicasPath", path, List.of(".status."), ".status");
    if (!Values.string(scale, "labelSelectorPath").orElse("").isEmpty()) {
      scalePath(
          errors,
          scale,
          "labelSelectorPath",
          path,
          List.of(".spec.", ".status."),
          "either .spec or .status");
    }
    return errors;
  }

  private static void scalePath(
      List<FieldError> errors,
      Map<String, Object> scale,
      String name,
      String path,
      List<String> starts,
      String where) {
    String field = path + ".scale." + name;
    String text = Values.string(scale, name).orElse("");
    if (text.isEmpty()) {
      errors.add(FieldError.required(field, ""));
    } else if (!text.startsWith(".")) {
      errors.add(notSimple(field, text));
    } else if (starts.stream().noneMatch(text::startsWith)) {
      errors.add(FieldError.invalid(field, text, "should be a json path under " + where));
    }
  }

  private static FieldError notSimple(String field, String text) {
    return FieldError.invalid(field, text, "must be a simple json path starting with .");
  }

  static List<FieldError> selectable(List<Object> fields, @Nullable Node schema, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (fields.isEmpty()) {
      return errors;
    }
    if (schema == null) {
      errors.add(
          FieldError.invalid(
              path, "", "may only be set when `version.schema.openAPIV3Schema` is not included"));
      return errors;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = "%s[%d].jsonPath".formatted(path, i);
      String jsonPath = Values.string(fields.get(i), "jsonPath").orElse("");
      if (jsonPath.isEmpty()) {
        errors.add(FieldError.required(field, ""));
      } else {
        selectable(errors, jsonPath, schema, field, seen);
      }
    }
    if (seen.size() > MOST_SELECTABLE) {
      errors.add(FieldError.tooMany(path, seen.size(), MOST_SELECTABLE));
    }
    return errors;
  }

  private static void selectable(
      List<FieldError> errors, String jsonPath, Node schema, String field, Set<String> seen) {
    FieldPath found = FieldPath.find(jsonPath, schema);
    if (found.schema() == null) {
      errors.add(FieldError.invalid(field, jsonPath, "is an invalid path: " + found.fault()));
      return;
    }
    if (found.root().equals("metadata")) {
      errors.add(FieldError.invalid(field, jsonPath, "must not point to fields in metadata"));
    }
    if (!SELECTABLE.contains(found.schema().type())) {
      errors.add(
          FieldError.invalid(
              field,
              jsonPath,
              "must point to a field of type string, boolean or integer. Enum string fields and"
                  + " strings with formats are allowed."));
    }
    if (!seen.add(found.path())) {
      errors.add(FieldError.duplicate(field, jsonPath));
    }
  }

  /**
   * Where a path leads in a schema.
   *
   * @param schema null if it leads nowhere
   * @param fault why it leads nowhere
   */
  private record FieldPath(String path, String root, @Nullable Node schema, String fault) {
    static FieldPath find(String jsonPath, Node root) {
      Node current = root;
      String first = "";
      StringBuilder path = new StringBuilder();
      List<String> tokens = tokens(jsonPath);
      for (int i = 0; i < tokens.size(); i += 2) {
        String token = tokens.get(i);
        if (token.equals("[")) {
          return nowhere("array notation is not allowed");
        }
        if (!token.equals(".")) {
          return nowhere("expected [ or . but got: " + token);
        }
        if (i + 1 == tokens.size()) {
          return nowhere("unexpected end of JSON path");
        }
        String name = tokens.get(i + 1);
        Map<String, Node> properties = current.properties();
        Node next =
            properties.isEmpty() ? current.child("additionalProperties") : properties.get(name);
        if (next == null) {
          return nowhere("does not refer to a valid field");
        }
        path.append(properties.isEmpty() ? "[" + name + "]" : "." + name);
        first = first.isEmpty() ? name : first;
        current = next;
      }
      return new FieldPath(path.toString(), first, current, "");
    }

    private static FieldPath nowhere(String fault) {
      return new FieldPath("", "", null, fault);
    }

    /** Splits at dots and brackets, which are tokens themselves. */
    private static List<String> tokens(String text) {
      List<String> tokens = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < text.length(); i++) {
        if (".[]".indexOf(text.charAt(i)) >= 0) {
          if (i > start) {
            tokens.add(text.substring(start, i));
          }
          tokens.add(text.substring(i, i + 1));
          start = i + 1;
        }
      }
      if (start < text.length()) {
        tokens.add(text.substring(start));
      }
      return tokens;
    }
  }
}
