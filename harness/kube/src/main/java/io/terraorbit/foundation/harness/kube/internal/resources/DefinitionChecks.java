package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a definition but for its schemas, in the words of the real server. */
final class DefinitionChecks {
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final int MAX_SELECTABLE_FIELDS = 8;

  private final Map<String, Object> definition;
  private final List<FieldError> errors = new ArrayList<>();

  private DefinitionChecks(Map<String, Object> definition) {
    this.definition = definition;
  }

  static List<FieldError> check(Map<String, Object> definition) {
    DefinitionChecks checks = new DefinitionChecks(definition);
    checks.name();
    checks.group();
    checks.scope();
    checks.versions();
    checks.names();
    checks.conversion();
    checks.storedVersions();
    return List.copyOf(checks.errors);
  }

  private void name() {
    String name = text("metadata", "name");
    String wanted = text("spec", "names", "plural") + "." + text("spec", "group");
    if (!name.equals(wanted)) {
      errors.add(
          FieldError.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
    }
    Approval.of(definition).flatMap(Approval::error).ifPresent(errors::add);
  }

  private void group() {
    String group = text("spec", "group");
    if (group.isEmpty()) {
      errors.add(FieldError.required("spec.group", ""));
      return;
    }
    List<String> problems = Names.subdomainProblems(group);
    if (!problems.isEmpty()) {
      errors.add(FieldError.invalid("spec.group", group, String.join(",", problems)));
    } else if (group.indexOf('.') < 0) {
      errors.add(
          FieldError.invalid("spec.group", group, "should be a domain with at least one dot"));
    }
  }

  private void scope() {
    choice("spec.scope", text("spec", "scope"), List.of("Cluster", "Namespaced"));
    if (Values.at(definition, "spec", "preserveUnknownFields")
        .filter(Boolean.TRUE::equals)
        .isPresent()) {
      errors.add(
          FieldError.invalid(
              "spec.preserveUnknownFields",
              true,
              "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                  + " spec.versions[*].schema instead"));
    }
  }

  private void versions() {
    List<Object> versions = Values.listAt(definition, "spec", "versions");
    Set<String> seen = new HashSet<>();
    boolean unique = true;
    long storages = 0;
    for (int i = 0; i < versions.size(); i++) {
      Object version = versions.get(i);
      String path = "spec.versions[%d]".formatted(i);
      String name = Values.string(version, "name").orElse("");
      unique &= seen.add(name);
      storages += Values.at(version, "storage").filter(Boolean.TRUE::equals).isPresent() ? 1 : 0;
      label(path + ".name", name, "");
      if (Values.at(version, "deprecationWarning").isPresent()
          && Values.at(version, "deprecated").filter(Boolean.TRUE::equals).isEmpty()) {
        errors.add(
            FieldError.invalid(
                path + ".deprecationWarning",
                Values.string(version, "deprecationWarning").orElse(""),
                "can only be set for deprecated versions"));
      }
      subresources(Values.objectAt(version, "subresources"), path + ".subresources");
      columns(Values.listAt(version, "additionalPrinterColumns"), path);
      fields(version, path + ".selectableFields");
    }
    if (!unique) {
      errors.add(
          FieldError.invalid("spec.versions", versions, "must contain unique version names"));
    }
    if (storages != 1) {
      errors.add(
          FieldError.invalid(
              "spec.versions",
              versions,
              "must have exactly one version marked as storage version"));
    }
  }

  private void subresources(Map<String, Object> subresources, String path) {
    if (!subresources.containsKey("scale")) {
      return;
    }
    Map<String, Object> scale = Values.objectAt(subresources, "scale");
    under(path, scale, "specReplicasPath", ".spec", true);
    under(path, scale, "statusReplicasPath", ".status", true);
    under(path, scale, "labelSelectorPath", ".", false);
  }

  private void under(
      String path, Map<String, Object> scale, String field, String root, boolean required) {
    String value = Values.string(scale, field).orElse("");
    String at = path + ".scale." + field;
    if (value.isEmpty()) {
      if (required) {
        errors.add(FieldError.required(at, ""));
      }
    } else if (!value.startsWith(".")) {
      errors.add(FieldError.invalid(at, value, "must be a simple json path starting with ."));
    } else if (required && !value.startsWith(root + ".")) {
      errors.add(FieldError.invalid(at, value, "should be a json path under " + root));
    } else if (!required && !value.startsWith(".spec.") && !value.startsWith(".status.")) {
      errors.add(
          FieldError.invalid(at, value, "should be a json path under either .status or .spec"));
    }
  }

  private void columns(List<Object> columns, String version) {
    for (int i = 0; i < columns.size(); i++) {
      Object column = columns.get(i);
      String path = "%s.additionalPrinterColumns[%d]".formatted(version, i);
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
        errors.add(FieldError.required(path + ".jsonPath", ""));
      } else if (!jsonPath.startsWith(".")) {
        errors.add(
            FieldError.invalid(
                path + ".jsonPath", jsonPath, "must be a simple json path starting with ."));
      }
    }
  }

  private void fields(Object version, String path) {
    List<Object> fields = Values.listAt(version, "selectableFields");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String at = "%s[%d]".formatted(path, i);
      String jsonPath = Values.string(fields.get(i), "jsonPath").orElse("");
      if (jsonPath.isEmpty()) {
        errors.add(FieldError.required(at + ".jsonPath", ""));
        continue;
      }
      Optional<Map<String, Object>> schema = schemaAt(version, jsonPath);
      if (schema.isEmpty()) {
        errors.add(
            FieldError.invalid(
                at + ".jsonPath", jsonPath, "is an invalid path: does not refer to a valid field"));
        continue;
      }
      if (jsonPath.startsWith(".metadata")) {
        errors.add(FieldError.invalid(at, jsonPath, "must not point to fields in metadata"));
      }
      String type = Values.string(schema.get(), "type").orElse("");
      if (!List.of("string", "boolean", "integer").contains(type)) {
        errors.add(
            FieldError.invalid(
                at,
                jsonPath,
                "must point to a field of type string, boolean or integer. Enum string fields and"
                    + " strings with formats are allowed."));
      }
      if (!seen.add(jsonPath)) {
        errors.add(FieldError.duplicate(at, jsonPath));
      }
    }
    if (seen.size() > MAX_SELECTABLE_FIELDS) {
      errors.add(FieldError.tooMany(path, seen.size(), MAX_SELECTABLE_FIELDS));
    }
  }

  private static Optional<Map<String, Object>> schemaAt(Object version, String jsonPath) {
    Map<String, Object> schema = Values.objectAt(version, "schema", "openAPIV3Schema");
    if (!jsonPath.startsWith(".")) {
      return Optional.empty();
    }
    for (String name : jsonPath.substring(1).split("\\.", -1)) {
      Map<String, Object> properties = Values.objectAt(schema, "properties");
      if (!(properties.get(name) instanceof Map<?, ?> property)) {
        return Optional.empty();
      }
      schema = Values.object(property);
    }
    return Optional.of(schema);
  }

  private void names() {
    Map<String, Object> names = Values.objectAt(definition, "spec", "names");
    for (String name : List.of("plural", "singular", "kind", "listKind")) {
      if (Values.string(names, name).orElse("").isEmpty()) {
        errors.add(FieldError.required("spec.names." + name, ""));
      }
    }
    for (String name : List.of("plural", "singular")) {
      Values.string(names, name)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> label("spec.names." + name, text, ""));
    }
    for (String name : List.of("kind", "listKind")) {
      Values.string(names, name)
          .filter(text -> !text.isEmpty())
          .ifPresent(
              text ->
                  label(
                      "spec.names." + name,
                      text,
                      "may have mixed case, but should otherwise match: "));
    }
    labels(names, "shortNames");
    String kind = Values.string(names, "kind").orElse("");
    if (!kind.isEmpty() && kind.equals(Values.string(names, "listKind").orElse(""))) {
      errors.add(
          FieldError.invalid("spec.names.listKind", kind, "kind and listKind may not be the same"));
    }
    labels(names, "categories");
  }

  private void labels(Map<String, Object> names, String list) {
    List<Object> labels = Values.listAt(names, list);
    for (int i = 0; i < labels.size(); i++) {
      label("spec.names.%s[%d]".formatted(list, i), String.valueOf(labels.get(i)), "");
    }
  }

  private void label(String field, String value, String before) {
    boolean mixed = !before.isEmpty();
    List<String> problems = Names.label1035Problems(mixed ? value.toLowerCase(Locale.ROOT) : value);
    if (!problems.isEmpty()) {
      errors.add(FieldError.invalid(field, value, before + String.join(",", problems)));
    }
  }

  private void conversion() {
    if (Values.at(definition, "spec", "conversion").isPresent()) {
      choice(
          "spec.conversion.strategy",
          text("spec", "conversion", "strategy"),
          List.of("None", "Webhook"));
    }
  }

  private void storedVersions() {
    List<String> known =
        Values.listAt(definition, "spec", "versions").stream()
            .flatMap(version -> Values.string(version, "name").stream())
            .toList();
    List<Object> stored = Values.listAt(definition, "status", "storedVersions");
    for (int i = 0; i < stored.size(); i++) {
      if (!known.contains(String.valueOf(stored.get(i)))) {
        errors.add(
            FieldError.invalid(
                "status.storedVersions[%d]".formatted(i),
                stored.get(i),
                "must appear in spec.versions"));
      }
    }
  }

  private void choice(String field, String value, List<Object> supported) {
    if (value.isEmpty()) {
      errors.add(FieldError.required(field, ""));
    } else if (!supported.contains(value)) {
      errors.add(FieldError.notSupported(field, value, supported));
    }
  }

  private String text(String... path) {
    return Values.string(definition, path).orElse("");
  }
}
