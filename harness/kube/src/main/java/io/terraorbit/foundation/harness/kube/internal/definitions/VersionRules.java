package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the parts of the versions. Parts that all versions have alike are named as
 * parts of the whole, as in the form that the real server checks.
 */
final class VersionRules {
  private static final List<String> AT_ROOT =
      List.of(
          "Description",
          "Type",
          "Format",
          "Title",
          "Maximum",
          "ExclusiveMaximum",
          "Minimum",
          "ExclusiveMinimum",
          "MaxLength",
          "MinLength",
          "Pattern",
          "MaxItems",
          "MinItems",
          "UniqueItems",
          "MultipleOf",
          "Required",
          "Items",
          "Properties",
          "ExternalDocs",
          "Example",
          "XPreserveUnknownFields",
          "XValidations");
  private static final Set<String> NOT_AT_ROOT =
      Set.of(
          "id",
          "$schema",
          "$ref",
          "nullable",
          "default",
          "enum",
          "maxProperties",
          "minProperties",
          "allOf",
          "oneOf",
          "anyOf",
          "not",
          "additionalProperties",
          "patternProperties",
          "dependencies",
          "additionalItems",
          "definitions",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-map-type");

  private final List<Object> versions;

  VersionRules(List<Object> versions) {
    this.versions = versions;
  }

  /** Whether all versions say the same about a part. */
  boolean alike(String part) {
    return versions.stream().map(version -> part(version, part)).distinct().count() <= 1;
  }

  /** What is wrong with what a version says for itself. */
  List<FieldError> own(int index) {
    Object version = versions.get(index);
    String path = "spec.versions[%d]".formatted(index);
    List<FieldError> errors = new ArrayList<>(deprecation(version, path));
    if (!alike("schema")) {
      errors.addAll(schema(version, path + ".schema", hasStatus(version)));
    }
    if (!alike("subresources")) {
      errors.addAll(PartRules.subresources(part(version, "subresources"), path + ".subresources"));
    }
    if (!alike("additionalPrinterColumns")) {
      errors.addAll(columns(version, path));
    }
    if (!alike("selectableFields")) {
      errors.addAll(selectable(version, path));
    }
    return errors;
  }

  /** What is wrong with what all versions say alike. */
  List<FieldError> common() {
    List<FieldError> errors = new ArrayList<>();
    if (versions.isEmpty()) {
      return errors;
    }
    Object first = versions.get(0);
    if (alike("schema")) {
      errors.addAll(
          schema(first, "spec.validation", versions.stream().anyMatch(VersionRules::hasStatus)));
    }
    if (alike("subresources")) {
      errors.addAll(PartRules.subresources(part(first, "subresources"), "spec.subresources"));
    }
    if (alike("additionalPrinterColumns")) {
      errors.addAll(columns(first, "spec"));
    }
    if (alike("selectableFields")) {
      errors.addAll(selectable(first, "spec"));
    }
    return errors;
  }

  private static List<FieldError> schema(Object version, String path, boolean status) {
    List<FieldError> errors = new ArrayList<>();
    if (Values.at(version, "schema", "openAPIV3Schema").isEmpty()) {
      return errors;
    }
    Node root = root(version, path);
    if (status) {
      rootFields(errors, root);
    }
    if (root.flag("nullable")) {
      errors.add(FieldError.forbidden(root.at("nullable"), "nullable cannot be true at the root"));
    }
    String unreadable = SchemaRules.unreadable(root);
    if (unreadable == null) {
      List<FieldError> structural = StructuralRules.check(root);
      errors.addAll(structural.isEmpty() ? DefaultRules.check(root) : structural);
    }
    errors.addAll(SchemaRules.check(root));
    if (errors.isEmpty() && unreadable != null) {
      errors.add(FieldError.invalid(root.path(), "", unreadable));
    }
    return errors;
  }

  private static void rootFields(List<FieldError> errors, Node root) {
    if (!root.type().isEmpty() && !root.type().equals("object")) {
      errors.add(
          FieldError.invalid(
              root.at("type"),
              root.type(),
              "only \"object\" is allowed as the type at the root of the schema if the status"
                  + " subresource is enabled"));
    } else if (root.json().keySet().stream()
        .anyMatch(name -> NOT_AT_ROOT.contains(name) && root.says(name))) {
      errors.add(
          FieldError.invalid(
              root.path(),
              root.json(),
              "only [%s] fields are allowed at the root of the schema if the status subresource is enabled"
                  .formatted(String.join(" ", AT_ROOT))));
    }
  }

  private static List<FieldError> deprecation(Object version, String path) {
    String warning = Values.string(version, "deprecationWarning").orElse(null);
    if (warning == null) {
      return List.of();
    }
    String fault = null;
    if (!flag(version, "deprecated")) {
      fault = "can only be set for deprecated versions";
    } else if (warning.length() > 256) {
      fault = "must be <= 256 characters long";
    } else if (warning.isEmpty()) {
      fault = "must not be an empty string";
    } else {
      for (int i = 0; i < warning.length() && fault == null; i++) {
        if (Character.isISOControl(warning.charAt(i))) {
          fault =
              "must only contain printable UTF-8 characters; non-printable character found at index "
                  + i;
        }
      }
    }
    return fault == null
        ? List.of()
        : List.of(FieldError.invalid(path + ".deprecationWarning", warning, fault));
  }

  private static List<FieldError> columns(Object version, String path) {
    return PartRules.columns(
        Values.listAt(version, "additionalPrinterColumns"), path + ".additionalPrinterColumns");
  }

  private static List<FieldError> selectable(Object version, String path) {
    List<Object> fields = Values.listAt(version, "selectableFields");
    Node root =
        Values.at(version, "schema", "openAPIV3Schema").isEmpty() ? null : root(version, "");
    return PartRules.selectable(fields, root, path + ".selectableFields");
  }

  private static Node root(Object version, String path) {
    Map<String, Object> json = Values.objectAt(version, "schema", "openAPIV3Schema");
    return new Node(json, path + ".openAPIV3Schema");
  }

  private static boolean hasStatus(Object version) {
    return Values.at(version, "subresources", "status").isPresent();
  }

  static boolean flag(@Nullable Object version, String name) {
    return Values.at(version, name).filter(Boolean.TRUE::equals).isPresent();
  }

  private static Object part(Object version, String part) {
    return Values.at(version, part).orElse(List.of());
  }
}
