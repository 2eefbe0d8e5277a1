package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of OpenAPI a definition may use, and what goes together. The texts are those of {@code
 * k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation}.
 */
final class SchemaRules {
  static final List<Object> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");

  private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");
  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
  private static final String IN_SET =
      "must be atomic as item of a list with x-kubernetes-list-type=set";

  /**
   * What is special about where a schema stands.
   *
   * @param noDefaults why there may be no defaults; null where they may be
   */
  private record Place(boolean root, boolean inMetadata, @Nullable String noDefaults) {
    Place inner() {
      return new Place(false, inMetadata, noDefaults);
    }

    Place withoutDefaults(String why) {
      return new Place(false, inMetadata, why);
    }
  }

  private final List<FieldError> errors = new ArrayList<>();

  private SchemaRules() {}

  static List<FieldError> check(Node root) {
    SchemaRules rules = new SchemaRules();
    rules.visit(root, new Place(true, false, null));
    return rules.errors;
  }

  /** Why no structure can be made of a schema; null when one can. */
  static @Nullable String unreadable(Node node) {
    for (String name :
        List.of(
            "id",
            "$schema",
            "$ref",
            "patternProperties",
            "dependencies",
            "additionalItems",
            "definitions")) {
      if (node.says(name)) {
        String shown = name.equals("$schema") ? "schema" : name;
        return "OpenAPIV3Schema '%s' is not supported".formatted(shown);
      }
    }
    if (Boolean.FALSE.equals(node.json().get("x-kubernetes-preserve-unknown-fields"))) {
      return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
    }
    if (node.json().get("items") instanceof List<?> items && !items.isEmpty()) {
      return "OpenAPIV3Schema 'items' must be a schema, but is an array";
    }
    for (Node child : node.below()) {
      String why = unreadable(child);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  private void visit(@Nullable Node node, Place place) {
    if (node == null) {
      return;
    }
    own(node, place);
    if (node.flag("uniqueItems")) {
      forbidden(
          node.at("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    additional(node, place);
    properties(node, place);
    visit(node.child("not"), place.inner());
    for (String junctor : List.of("allOf", "oneOf", "anyOf")) {
      node.children(junctor).forEach(part -> visit(part, place.inner()));
    }
    visit(node.child("items"), place.inner());
    maps(node);
    lists(node);
    keys(node);
    keysAreSet(node);
  }

  private void own(Node node, Place place) {
    if (!node.type().isEmpty() && !TYPES.contains(node.type())) {
      errors.add(FieldError.notSupported(node.at("type"), node.type(), TYPES));
    }
    if (node.has("default") && place.noDefaults() != null) {
      forbidden(node.at("default"), "must not be set " + place.noDefaults());
    }
    for (String name : UNSUPPORTED) {
      if (node.has(name) && (node.says(name) || name.equals("$ref"))) {
        forbidden(node.at(name), name + " is not supported");
      }
    }
    if (node.type().equals("null")) {
      forbidden(node.at("type"), "type cannot be set to null, use nullable as an alternative");
    }
    if (node.json().get("items") instanceof List<?> items && !items.isEmpty()) {
      forbidden(node.at("items"), "items must be a schema object and not an array");
    }
    if (place.inMetadata() && node.flag("x-kubernetes-embedded-resource")) {
      forbidden(
          node.at("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
    }
    if (Boolean.FALSE.equals(node.json().get("x-kubernetes-preserve-unknown-fields"))) {
      invalid(node.at("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
    }
  }

  private void additional(Node node, Place place) {
    Object additional = node.json().get("additionalProperties");
    if (additional == null) {
      return;
    }
    if (!node.properties().isEmpty() && !Boolean.TRUE.equals(additional)) {
      forbidden(
          node.at("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    visit(
        node.child("additionalProperties"),
        place.inMetadata()
            ? place.withoutDefaults("inside additionalProperties applying to object metadata")
            : place.inner());
  }

  private void properties(Node node, Place place) {
    node.properties()
        .forEach(
            (name, property) -> {
              boolean meta =
                  META.contains(name)
                      && (place.root() || node.flag("x-kubernetes-embedded-resource"));
              String noDefaults =
                  meta && place.root() ? "in top-level " + name : place.noDefaults();
              visit(property, new Place(false, place.inMetadata() || meta, noDefaults));
            });
  }

  private void maps(Node node) {
    if (!node.has("x-kubernetes-map-type")) {
      return;
    }
    wantsType(node, "object", "x-kubernetes-map-type");
    String mapType = node.text("x-kubernetes-map-type");
    if (!mapType.equals("atomic") && !mapType.equals("granular")) {
      errors.add(
          FieldError.notSupported(
              node.at("x-kubernetes-map-type"), mapType, List.of("atomic", "granular")));
    }
  }

  private void lists(Node node) {
    if (!node.has("x-kubernetes-list-type")) {
      return;
    }
    String listType = node.text("x-kubernetes-list-type");
    Node items = node.child("items");
    if (!node.type().equals("array")) {
      wantsType(node, "array", "x-kubernetes-list-type");
    } else if (listType.equals("set") && items != null) {
      String itemList =
          items.has("x-kubernetes-list-type") ? items.text("x-kubernetes-list-type") : null;
      if (items.type().equals("array") && itemList != null && !itemList.equals("atomic")) {
        invalid(items.at("x-kubernetes-list-type"), itemList, IN_SET);
      }
      if (items.type().equals("object") && !items.text("x-kubernetes-map-type").equals("atomic")) {
        invalid(items.at("x-kubernetes-map-type"), itemList, IN_SET);
      }
    }
    if (!List.of("atomic", "set", "map").contains(listType)) {
      errors.add(
          FieldError.notSupported(
              node.at("x-kubernetes-list-type"), listType, List.of("atomic", "set", "map")));
    }
  }

  private void wantsType(Node node, String type, String because) {
    String text = "must be %s if %s is specified".formatted(type, because);
    if (node.type().isEmpty()) {
      errors.add(FieldError.required(node.at("type"), text));
    } else if (!node.type().equals(type)) {
      invalid(node.at("type"), node.type(), text);
    }
  }

  private void keys(Node node) {
    List<String> keys = node.texts("x-kubernetes-list-map-keys");
    String listType = node.text("x-kubernetes-list-type");
    String wantsMap = "must be map if x-kubernetes-list-map-keys is non-empty";
    if (!keys.isEmpty() && !node.has("x-kubernetes-list-type")) {
      errors.add(FieldError.required(node.at("x-kubernetes-list-type"), wantsMap));
    } else if (!keys.isEmpty() && !listType.equals("map")) {
      invalid(node.at("x-kubernetes-list-type"), listType, wantsMap);
    }
    if (!listType.equals("map")) {
      return;
    }
    if (keys.isEmpty()) {
      errors.add(
          FieldError.required(
              node.at("x-kubernetes-list-map-keys"),
              "must not be empty if x-kubernetes-list-type is map"));
    }
    Node items = node.child("items");
    if (items == null) {
      if (!node.has("items")) {
        errors.add(
            FieldError.required(
                node.at("items"), "must have a schema if x-kubernetes-list-type is map"));
      }
    } else if (!items.type().equals("object")) {
      invalid(
          items.at("type"),
          items.type(),
          "must be object if parent array's x-kubernetes-list-type is map");
    } else {
      keysOf(node, items, keys);
    }
  }

  private void keysOf(Node node, Node items, List<String> keys) {
    Set<String> seen = new HashSet<>();
    Map<String, Node> properties = items.properties();
    for (String key : keys) {
      Node property = properties.get(key);
      if (property == null) {
        invalid(
            node.at("x-kubernetes-list-map-keys"),
            keys,
            "entries must all be names of item properties");
      } else if (property.type().equals("array") || property.type().equals("object")) {
        invalid(
            property.at("type"),
            items.type(),
            "must be a scalar type if parent array's x-kubernetes-list-type is map");
      }
      if (!seen.add(key)) {
        invalid(node.at("x-kubernetes-list-map-keys"), keys, "must not contain duplicate entries");
      }
    }
  }

  private void keysAreSet(Node node) {
    String listType = node.text("x-kubernetes-list-type");
    Node items = node.child("items");
    if (items == null || !(listType.equals("set") || listType.equals("map"))) {
      return;
    }
    if (items.flag("nullable")) {
      forbidden(
          items.at("nullable"), "cannot be nullable when x-kubernetes-list-type is " + listType);
    }
    if (!listType.equals("map")) {
      return;
    }
    Map<String, Node> properties = items.properties();
    List<Object> required = Values.listAt(items.json(), "required");
    for (String key : node.texts("x-kubernetes-list-map-keys")) {
      Node property = properties.get(key);
      if (property == null) {
        continue;
      }
      if (!required.contains(key) && !property.has("default")) {
        errors.add(
            FieldError.required(
                property.at("default"),
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                    + " required property"));
      }
      if (property.flag("nullable")) {
        forbidden(
            property.at("nullable"),
            "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
      }
    }
  }

  private void forbidden(String field, String detail) {
    errors.add(FieldError.forbidden(field, detail));
  }

  private void invalid(String field, @Nullable Object value, String detail) {
    errors.add(FieldError.invalid(field, value, detail));
  }
}
