package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of objects within objects ({@code x-kubernetes-embedded-resource}): only the fields
 * of {@code ObjectMeta} stay, and they have the types that it has.
 */
final class EmbeddedMetadata {
  private static final Map<String, GoType> FIELDS = fields();

  private final boolean lenient;
  private final List<String> dropped = new ArrayList<>();

  /**
   * Begins.
   *
   * @param lenient drop what has the wrong type instead of refusing it
   */
  EmbeddedMetadata(boolean lenient) {
    this.lenient = lenient;
  }

  /** Paths of unknown fields. */
  List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** The object with its own metadata mended. */
  Map<String, Object> root(Map<String, Object> object) {
    return Rebuilt.members(
        object, (name, member) -> name.equals("metadata") ? metadata(member, name) : member);
  }

  /** The object with the metadata of all objects within it mended. */
  Map<String, Object> within(StructuralSchema schema, Map<String, Object> object, String path) {
    Map<String, Object> mended = schema.embedded() ? envelope(object, path) : object;
    return Rebuilt.members(
        mended,
        (name, member) -> {
          String memberPath = path.isEmpty() ? name : path + "." + name;
          return value(schema.member(name).orElse(null), member, memberPath);
        });
  }

  private @Nullable Object value(
      @Nullable StructuralSchema schema, @Nullable Object value, String path) {
    if (schema == null) {
      return value;
    }
    if (value instanceof Map<?, ?> members) {
      return within(schema, Values.object(members), path);
    }
    return value instanceof List<?> elements && schema.items() != null
        ? Rebuilt.elements(
            elements, (i, element) -> value(schema.items(), element, "%s[%d]".formatted(path, i)))
        : value;
  }

  private Map<String, Object> envelope(Map<String, Object> object, String path) {
    return Rebuilt.members(
        object,
        (name, member) ->
            switch (name) {
              case "apiVersion", "kind" -> text(member, path + "." + name);
              case "metadata" -> metadata(member, path + ".metadata");
              default -> member;
            });
  }

  private @Nullable Object text(@Nullable Object value, String path) {
    if (value instanceof String) {
      return value;
    }
    return malformed(path, value, "must be a string");
  }

  private @Nullable Object metadata(@Nullable Object value, String path) {
    if (!(value instanceof Map<?, ?> members)) {
      return value == null
          ? Map.of()
          : malformed(
              path,
              value,
              "json: cannot unmarshal %s into Go value of type v1.ObjectMeta"
                  .formatted(GoValues.typeName(value)));
    }
    Map<String, Object> fields = Values.object(members);
    return Rebuilt.members(
        fields,
        (name, field) -> {
          GoType type = FIELDS.get(name);
          if (type == null) {
            dropped.add(path + "." + name);
            return Rebuilt.GONE;
          }
          if (field == null || empty(name, field)) {
            return Rebuilt.GONE;
          }
          return type.holds(field)
              ? field
              : malformed(
                  path,
                  fields,
                  "json: cannot unmarshal %s into Go struct field ObjectMeta.%s of type %s"
                      .formatted(
                          GoValues.typeName(type.offender(field)), name, type.nameOf(field)));
        });
  }

  private Object malformed(String path, @Nullable Object value, String why) {
    if (lenient) {
      return Rebuilt.GONE;
    }
    throw new MalformedException(FieldError.invalid(path, value, why));
  }

  private static boolean empty(String name, Object value) {
    return value.equals("")
        || (name.equals("generation") && value.equals(0L))
        || (value instanceof Map<?, ?> members && members.isEmpty())
        || (value instanceof List<?> elements && elements.isEmpty());
  }

  /** The Go types of the fields, as far as errors name them. */
  private enum GoType {
    STRING("string", String.class),
    NUMBER("int64", Long.class),
    STRINGS("[]string", List.class),
    OBJECTS("[]v1.OwnerReference", List.class),
    MAP("map[string]string", Map.class);

    private final String name;
    private final Class<?> java;

    GoType(String name, Class<?> java) {
      this.name = name;
      this.java = java;
    }

    boolean holds(Object value) {
      return offender(value) == value && java.isInstance(value);
    }

    /** The part that is wrong: the value itself or the first element that is none. */
    Object offender(Object value) {
      if (this == MAP && value instanceof Map<?, ?> members) {
        return firstOther(members.values(), String.class, value);
      }
      if (value instanceof List<?> elements && this != MAP) {
        return firstOther(elements, this == STRINGS ? String.class : Map.class, value);
      }
      return value;
    }

    String nameOf(Object value) {
      return java.isInstance(value) ? (this == OBJECTS ? "v1.OwnerReference" : "string") : name;
    }

    private static Object firstOther(Iterable<?> values, Class<?> wanted, Object whole) {
      for (Object value : values) {
        if (value != null && !wanted.isInstance(value)) {
          return value;
        }
      }
      return whole;
    }
  }

  private static Map<String, GoType> fields() {
    Map<String, GoType> fields = new TreeMap<>();
    for (String name :
        List.of("name", "generateName", "namespace", "selfLink", "uid", "resourceVersion")) {
      fields.put(name, GoType.STRING);
    }
    fields.put("creationTimestamp", GoType.STRING);
    fields.put("deletionTimestamp", GoType.STRING);
    fields.put("generation", GoType.NUMBER);
    fields.put("deletionGracePeriodSeconds", GoType.NUMBER);
    fields.put("labels", GoType.MAP);
    fields.put("annotations", GoType.MAP);
    fields.put("finalizers", GoType.STRINGS);
    fields.put("ownerReferences", GoType.OBJECTS);
    fields.put("managedFields", GoType.OBJECTS);
    return Map.copyOf(fields);
  }
}
