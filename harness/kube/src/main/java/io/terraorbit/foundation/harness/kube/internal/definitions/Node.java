package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@code JSONSchemaProps} of a definition as it was written, and where it stands. Immutable.
 *
 * @param path such as {@code spec.validation.openAPIV3Schema.properties[spec]}
 */
record Node(Map<String, Object> json, String path) {
  private static final List<String> JUNCTORS = List.of("allOf", "anyOf", "oneOf");

  String text(String name) {
    return Values.string(json, name).orElse("");
  }

  String type() {
    return text("type");
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(json.get(name));
  }

  boolean has(String name) {
    return json.get(name) != null;
  }

  /** Whether a member says something: more than null, false, or nothing in it. */
  boolean says(String name) {
    Object value = json.get(name);
    return value != null
        && !value.equals(false)
        && !value.equals("")
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty() && name.equals("properties"));
  }

  List<String> texts(String name) {
    return Values.listAt(json, name).stream().map(String::valueOf).toList();
  }

  String at(String member) {
    return path + "." + member;
  }

  /** The schema in a member; null when there is none. */
  @Nullable Node child(String name) {
    return json.get(name) instanceof Map<?, ?> child
        ? new Node(Values.object(child), at(name))
        : null;
  }

  /** The schemas in a list. */
  List<Node> children(String name) {
    List<Node> children = new ArrayList<>();
    List<Object> elements = Values.listAt(json, name);
    for (int i = 0; i < elements.size(); i++) {
      children.add(of(elements.get(i), "%s[%d]".formatted(at(name), i)));
    }
    return children;
  }

  /** The schemas of the properties, by name. */
  Map<String, Node> properties() {
    Map<String, Node> properties = new TreeMap<>();
    Values.objectAt(json, "properties")
        .forEach(
            (name, schema) -> properties.put(name, of(schema, at("properties[" + name + "]"))));
    return properties;
  }

  /** All schemas directly below, whatever they are for. */
  List<Node> below() {
    List<Node> below = new ArrayList<>(properties().values());
    JUNCTORS.forEach(junctor -> below.addAll(children(junctor)));
    for (String name : List.of("not", "items", "additionalProperties")) {
      Node child = child(name);
      if (child != null) {
        below.add(child);
      }
    }
    return below;
  }

  private static Node of(@Nullable Object json, String path) {
    return new Node(json instanceof Map<?, ?> ? Values.object(json) : Map.of(), path);
  }
}
