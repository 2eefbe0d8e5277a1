package io.terraorbit.foundation.harness.kube.internal.openapi;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of one document, by their published names. Used once. */
final class Schemas {
  static final String PREFIX = "#/components/schemas/";
  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final Map<String, String> PACKAGES =
      Map.of(
          "meta", "io.k8s.apimachinery.pkg.apis.meta",
          "apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
          "apiregistration", "io.k8s.kube-aggregator.pkg.apis.apiregistration");

  private final Map<String, Object> made = new TreeMap<>();
  private final Deque<StructType> open = new ArrayDeque<>();

  /** All that was asked for, and all that this refers to, by name. */
  Map<String, Object> all() {
    while (!open.isEmpty()) {
      StructType next = open.poll();
      made.put(name(next), structure(next));
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(made));
  }

  /** Adds a built-in kind; its reference. */
  Map<String, Object> kind(String group, String version, String kind) {
    return StructTypes.builtIn()
        .find(group, version, kind)
        .map(
            type -> {
              made.put(name(type), identified(structure(type), List.of(gvk(group, version, kind))));
              return ref(name(type));
            })
        .orElseGet(() -> Members.of("type", "object"));
  }

  /** Adds a custom kind of the schema that its definition has; its reference. */
  Map<String, Object> custom(ResourceType type, Map<String, Object> published) {
    String name = customName(type);
    Map<String, Object> properties = new LinkedHashMap<>(Values.objectAt(published, "properties"));
    properties.put("apiVersion", Members.of("type", "string"));
    properties.put("kind", Members.of("type", "string"));
    properties.put("metadata", Members.of("allOf", List.of(meta("ObjectMeta"))));
    Map<String, Object> schema = new LinkedHashMap<>(published);
    schema.put("properties", properties);
    made.put(name, identified(schema, List.of(gvk(type.group(), type.version(), type.kind()))));
    return ref(name);
  }

  /** Adds the list of a kind; its reference. */
  Map<String, Object> list(ResourceType type, Map<String, Object> item) {
    String name =
        type.custom()
            ? customName(type) + "List"
            : StructTypes.builtIn()
                .find(type.group(), type.version(), type.kind())
                .map(structure -> name(structure) + "List")
                .orElse(type.listKind());
    made.put(
        name,
        identified(
            Members.of(
                "type",
                "object",
                "required",
                List.of("items"),
                "properties",
                Members.of(
                    "apiVersion", Members.of("type", "string"),
                    "items", Members.of("type", "array", "items", item),
                    "kind", Members.of("type", "string"),
                    "metadata", Members.of("allOf", List.of(listMeta())))),
            List.of(gvk(type.group(), type.version(), type.listKind()))));
    return ref(name);
  }

  Map<String, Object> patch() {
    made.put(META + "Patch", Members.of("type", "object"));
    return ref(META + "Patch");
  }

  Map<String, Object> status() {
    made.put(
        META + "Status",
        identified(
            Members.of(
                "type",
                "object",
                "properties",
                Members.of(
                    "apiVersion", Members.of("type", "string"),
                    "code", Members.of("type", "integer", "format", "int32"),
                    "details", Members.of("type", "object"),
                    "kind", Members.of("type", "string"),
                    "message", Members.of("type", "string"),
                    "metadata", Members.of("allOf", List.of(listMeta())),
                    "reason", Members.of("type", "string"),
                    "status", Members.of("type", "string"))),
            List.of(gvk("", "v1", "Status"))));
    return ref(META + "Status");
  }

  private Map<String, Object> listMeta() {
    made.put(
        META + "ListMeta",
        Members.of(
            "type",
            "object",
            "properties",
            Members.of(
                "continue", Members.of("type", "string"),
                "remainingItemCount", Members.of("type", "integer", "format", "int64"),
                "resourceVersion", Members.of("type", "string"),
                "selfLink", Members.of("type", "string"))));
    return ref(META + "ListMeta");
  }

  /** The reference of a structure of the package {@code meta/v1}. */
  Map<String, Object> meta(String name) {
    return StructTypes.builtIn()
        .find("meta/v1." + name)
        .map(this::reference)
        .orElseGet(() -> Members.of("type", "object"));
  }

  static Map<String, Object> gvk(String group, String version, String kind) {
    return Members.of("group", group, "kind", kind, "version", version);
  }

  private static Map<String, Object> identified(Map<String, Object> schema, List<Object> kinds) {
    Map<String, Object> identified = new LinkedHashMap<>(schema);
    identified.put("x-kubernetes-group-version-kind", kinds);
    return identified;
  }

  private static Map<String, Object> ref(String name) {
    return Members.of("$ref", PREFIX + name);
  }

  private Map<String, Object> reference(StructType type) {
    if (made.putIfAbsent(name(type), Map.of()) == null) {
      open.add(type);
    }
    return ref(name(type));
  }

  /** {@code apps/v1.DeploymentSpec} as {@code io.k8s.api.apps.v1.DeploymentSpec}. */
  private static String name(StructType type) {
    int slash = type.name().indexOf('/');
    String group = type.name().substring(0, slash);
    return PACKAGES.getOrDefault(group, "io.k8s.api." + group)
        + "."
        + type.name().substring(slash + 1);
  }

  private static String customName(ResourceType type) {
    List<String> parts = new ArrayList<>(List.of(type.group().split("\\.", -1)));
    Collections.reverse(parts);
    return String.join(".", parts) + "." + type.version() + "." + type.kind();
  }

  private Map<String, Object> structure(StructType type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<Object> required = new ArrayList<>();
    for (Field field : type.fields().values()) {
      properties.put(field.name(), property(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = Members.of("type", "object");
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    if (type.atomic()) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    return schema;
  }

  private Map<String, Object> property(Field field) {
    Map<String, Object> property = new LinkedHashMap<>(value(field, 0));
    boolean list = field.shape().startsWith("[");
    Field.Merging merging = field.merging();
    if (!field.defaultValue().isEmpty()) {
      property = wrapped(property);
      property.put("default", Json.read(field.defaultValue()));
    }
    if (!merging.listType().isEmpty()) {
      if (!merging.keys().isEmpty()) {
        property.put("x-kubernetes-list-map-keys", List.copyOf(merging.keys()));
      }
      property.put(list ? "x-kubernetes-list-type" : "x-kubernetes-map-type", merging.listType());
    }
    if (!merging.key().isEmpty()) {
      property.put("x-kubernetes-patch-merge-key", merging.key());
    }
    if (!merging.strategy().isEmpty()) {
      property.put("x-kubernetes-patch-strategy", merging.strategy());
    }
    return property;
  }

  /** A reference may have nothing beside it. */
  private static Map<String, Object> wrapped(Map<String, Object> schema) {
    return schema.containsKey("$ref") ? Members.of("allOf", List.of(schema)) : schema;
  }

  private Map<String, Object> value(Field field, int depth) {
    return switch (field.shape().charAt(depth)) {
      case '[' -> Members.of("type", "array", "items", value(field, depth + 1));
      case '{' -> Members.of("type", "object", "additionalProperties", value(field, depth + 1));
      case 's', 'u' ->
          field.values().isEmpty()
              ? Members.of("type", "string")
              : Members.of("type", "string", "enum", field.values().stream().sorted().toList());
      case 'b' -> Members.of("type", "boolean");
      case 'i' -> Members.of("type", "integer", "format", "int32");
      case 'l' -> Members.of("type", "integer", "format", "int64");
      case 'd' -> Members.of("type", "number", "format", "double");
      case 'y' -> Members.of("type", "string", "format", "byte");
      case 't' -> simple("Time", Members.of("type", "string", "format", "date-time"));
      case 'm' -> simple("MicroTime", Members.of("type", "string", "format", "date-time"));
      case 'q' -> named(QUANTITY, either("string", "number"));
      case 'o' -> {
        Map<String, Object> either = either("integer", "string");
        either.put("format", "int-or-string");
        yield named(INT_OR_STRING, either);
      }
      case '.' -> wrapped(reference(field.type()));
      default -> Members.of("type", "object");
    };
  }

  private Map<String, Object> simple(String name, Map<String, Object> schema) {
    return named(META + name, schema);
  }

  private Map<String, Object> named(String name, Map<String, Object> schema) {
    made.putIfAbsent(name, schema);
    return ref(name);
  }

  private static Map<String, Object> either(String one, String other) {
    return Members.of("oneOf", List.of(Members.of("type", one), Members.of("type", other)));
  }
}
