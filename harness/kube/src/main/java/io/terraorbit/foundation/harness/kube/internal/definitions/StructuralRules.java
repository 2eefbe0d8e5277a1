package io.terraorbit.foundation.harness.kube.internal.definitions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes a schema structural: every value that is validated is also described outside of the
 * junctors, and within them nothing is described. The texts are those of {@code
 * k8s.io/apiextensions-apiserver/pkg/apiserver/schema}.
 */
final class StructuralRules {
  private static final Set<String> NAMES = Set.of("name", "generateName");
  private static final Set<String> OPEN_IN_METADATA = Set.of("type", "default", "properties");

  /** What may not be below a junctor, and what it must be there instead. */
  private static final Map<String, String> NOT_NESTED =
      Map.ofEntries(
          Map.entry("type", "must be empty to be structural"),
          Map.entry("additionalProperties", "must be undefined to be structural"),
          Map.entry("default", "must be undefined to be structural"),
          Map.entry("title", "must be empty to be structural"),
          Map.entry("description", "must be empty to be structural"),
          Map.entry("nullable", "must be false to be structural"),
          Map.entry("x-kubernetes-preserve-unknown-fields", "must be false to be structural"),
          Map.entry("x-kubernetes-embedded-resource", "must be false to be structural"),
          Map.entry("x-kubernetes-int-or-string", "must be false to be structural"),
          Map.entry("x-kubernetes-list-map-keys", "must be empty to be structural"),
          Map.entry("x-kubernetes-list-type", "must be undefined to be structural"),
          Map.entry("x-kubernetes-map-type", "must be undefined to be structural"));

  private enum Level {
    ROOT("at the root"),
    ITEM("for specified array items"),
    FIELD("for specified object fields");

    private final String where;

    Level(String where) {
      this.where = where;
    }
  }

  private final List<FieldError> errors = new ArrayList<>();

  private StructuralRules() {}

  /** What is not structural, sorted by text. */
  static List<FieldError> check(Node root) {
    StructuralRules rules = new StructuralRules();
    rules.invariants(root, Level.ROOT);
    rules.complete(root, root, root.path(), root.path());
    return rules.errors.stream().sorted(Comparator.comparing(FieldError::text)).toList();
  }

  private void invariants(Node node, Level level) {
    Node items = node.child("items");
    if (node.type().equals("array") && items == null) {
      required(node.at("items"), "must be specified");
    }
    if (items != null) {
      invariants(items, Level.ITEM);
    }
    Map<String, Node> properties = node.properties();
    properties.values().forEach(property -> invariants(property, Level.FIELD));
    Node additional = node.child("additionalProperties");
    if (node.has("additionalProperties") && level == Level.ROOT) {
      forbidden(node.at("additionalProperties"), "must not be used at the root");
    }
    if (additional != null) {
      invariants(additional, Level.FIELD);
    }
    extensions(node);
    types(node, level);
    values(node, intOrStringPattern(node), intOrStringInAllOf(node));
    envelope(node, level == Level.ROOT, properties);
  }

  private void extensions(Node node) {
    if (node.flag("x-kubernetes-int-or-string")) {
      for (String name :
          List.of("x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource")) {
        if (node.flag(name)) {
          invalid(node.at(name), true, "must be false if x-kubernetes-int-or-string is true");
        }
      }
    }
    if (node.flag("x-kubernetes-embedded-resource")) {
      if (node.has("additionalProperties")) {
        forbidden(
            node.at("additionalProperties"),
            "must not be used if x-kubernetes-embedded-resource is set");
      }
      if (!node.flag("x-kubernetes-preserve-unknown-fields") && node.properties().isEmpty()) {
        required(
            node.at("properties"),
            "must not be empty if x-kubernetes-embedded-resource is true without"
                + " x-kubernetes-preserve-unknown-fields");
      }
    }
  }

  private void types(Node node, Level level) {
    String type = node.type();
    if (node.flag("x-kubernetes-embedded-resource") && !type.equals("object")) {
      String text = "must be object if x-kubernetes-embedded-resource is true";
      if (type.isEmpty()) {
        required(node.at("type"), text);
      } else {
        invalid(node.at("type"), type, text);
      }
    } else if (type.isEmpty()
        && !node.flag("x-kubernetes-int-or-string")
        && !node.flag("x-kubernetes-preserve-unknown-fields")) {
      required(node.at("type"), "must not be empty " + level.where);
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      invalid(node.at("type"), type, "must be object at the root");
    }
  }

  private void envelope(Node node, boolean root, Map<String, Node> properties) {
    if (!root && !node.flag("x-kubernetes-embedded-resource")) {
      return;
    }
    for (String name : List.of("kind", "apiVersion")) {
      Node property = properties.get(name);
      if (property != null && !property.type().equals("string")) {
        invalid(property.at("type"), property.type(), "must be string");
      }
    }
    Node metadata = properties.get("metadata");
    if (metadata == null) {
      return;
    }
    if (!metadata.type().equals("object")) {
      invalid(metadata.at("type"), metadata.type(), "must be object");
    }
    if (root && restrictsMore(metadata)) {
      forbidden(
          metadata.path(),
          "must not specify anything other than name and generateName, but metadata is implicitly"
              + " specified");
    }
  }

  private static boolean restrictsMore(Node metadata) {
    return !NAMES.containsAll(metadata.properties().keySet())
        || metadata.json().keySet().stream()
            .anyMatch(name -> !OPEN_IN_METADATA.contains(name) && metadata.says(name));
  }

  private void values(Node node, boolean skipAnyOf, boolean skipFirst) {
    if (!skipAnyOf) {
      node.children("anyOf").forEach(part -> nested(part, false));
    }
    List<Node> parts = node.children("allOf");
    for (int i = 0; i < parts.size(); i++) {
      nested(parts.get(i), skipFirst && i == 0);
    }
    node.children("oneOf").forEach(part -> nested(part, false));
    nested(node.child("not"), false);
    pattern(node);
  }

  private void pattern(Node node) {
    try {
      Pattern.compile(node.text("pattern"));
    } catch (PatternSyntaxException e) {
      invalid(
          node.at("pattern"),
          node.text("pattern"),
          "must be a valid regular expression, but isn't: " + e.getMessage());
    }
  }

  private void nested(@Nullable Node node, boolean skipAnyOf) {
    if (node == null) {
      return;
    }
    values(node, skipAnyOf, false);
    nested(node.child("items"), false);
    node.properties().values().forEach(property -> nested(property, false));
    new TreeSet<>(NOT_NESTED.keySet())
        .forEach(
            name -> {
              boolean undefined = NOT_NESTED.getOrDefault(name, "").contains("undefined");
              if (undefined ? node.has(name) && !isFalse(node, name) : node.says(name)) {
                forbidden(node.at(name), NOT_NESTED.getOrDefault(name, ""));
              }
            });
    if (node.properties().containsKey("metadata")) {
      forbidden(node.at("properties[metadata]"), "must not be specified in a nested context");
    }
  }

  private static boolean isFalse(Node node, String name) {
    return name.equals("additionalProperties") && Boolean.FALSE.equals(node.json().get(name));
  }

  /** That each value which the junctors of one schema speak of is one that the other describes. */
  private void complete(Node node, @Nullable Node described, String path, String by) {
    nestedComplete(node.child("not"), described, path, by + ".not");
    for (String junctor : List.of("allOf", "anyOf", "oneOf")) {
      List<Node> parts = node.children(junctor);
      for (int i = 0; i < parts.size(); i++) {
        nestedComplete(parts.get(i), described, path, "%s.%s[%d]".formatted(by, junctor, i));
      }
    }
  }

  private void nestedComplete(
      @Nullable Node node, @Nullable Node described, String path, String by) {
    if (node == null) {
      return;
    }
    if (described == null) {
      required(path, "because it is defined in " + by);
      return;
    }
    complete(node, described, path, by);
    nestedComplete(node.child("items"), described.child("items"), path + ".items", by + ".items");
    Map<String, Node> known = described.properties();
    node.properties()
        .forEach(
            (name, property) -> {
              String step = ".properties[" + name + "]";
              nestedComplete(property, known.get(name), path + step, by + step);
            });
  }

  private static boolean intOrStringPattern(Node node) {
    List<Node> parts = node.children("anyOf");
    return parts.size() == 2
        && parts.get(0).json().equals(Map.of("type", "integer"))
        && parts.get(1).json().equals(Map.of("type", "string"));
  }

  private static boolean intOrStringInAllOf(Node node) {
    List<Node> parts = node.children("allOf");
    return !parts.isEmpty() && intOrStringPattern(parts.get(0));
  }

  private void required(String field, String detail) {
    errors.add(FieldError.required(field, detail));
  }

  private void forbidden(String field, String detail) {
    errors.add(FieldError.forbidden(field, detail));
  }

  private void invalid(String field, Object value, String detail) {
    errors.add(FieldError.invalid(field, value, detail));
  }
}
