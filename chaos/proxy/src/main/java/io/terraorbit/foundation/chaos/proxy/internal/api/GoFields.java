package io.terraorbit.foundation.chaos.proxy.internal.api;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object read into a Go struct: names match without regard to case, unknown ones are ignored,
 * null leaves the default, types must fit.
 */
public final class GoFields {
  private final String struct;
  private final Map<String, Object> members;

  private GoFields(String struct, Map<String, Object> members) {
    this.struct = struct;
    this.members = members;
  }

  /**
   * @param value null counts as an object without members
   * @param struct the struct's name in the errors of its fields; may be empty
   * @param goType its full name, in the error that this is no object
   */
  static GoFields of(@Nullable Object value, String struct, String goType) {
    if (value == null) {
      return new GoFields(struct, Map.of());
    }
    if (value instanceof Map<?, ?>) {
      return new GoFields(struct, Values.object(value));
    }
    throw notOfType(value, goType);
  }

  /** As {@link #of}, for an array of objects; null counts as an empty one. */
  static List<GoFields> listOf(@Nullable Object value, String struct, String goType) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> elements) {
      return elements.stream().map(element -> of(element, struct, goType)).toList();
    }
    throw notOfType(value, "[]" + goType);
  }

  /** The attributes of a toxic, whose struct in Toxiproxy has this name. */
  public static GoFields ofAttributes(@Nullable Object value, String goName) {
    if (value != null && !(value instanceof Map<?, ?>)) {
      throw ApiFailure.badBody(
          "json: cannot unmarshal %s into Go struct field .attributes of type toxics.%s"
              .formatted(kind(value), goName));
    }
    return of(value, goName + ".attributes", "toxics." + goName);
  }

  /** The value as it is; null when absent. */
  @Nullable Object any(String name) {
    Object found = null;
    for (Map.Entry<String, Object> member : members.entrySet()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        found = member.getValue();
      }
    }
    return found;
  }

  @Nullable String string(String name) {
    Object value = any(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw mismatch(name, kind(value), "string");
  }

  @Nullable Boolean bool(String name) {
    Object value = any(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw mismatch(name, kind(value), "bool");
  }

  @Nullable Double float32(String name) {
    Object value = any(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      throw mismatch(name, kind(value), "float32");
    }
    if (Float.isInfinite(number.floatValue())) {
      throw mismatch(name, "number " + number, "float32");
    }
    return (double) number.floatValue();
  }

  /** A whole number of 64 bits; null when absent. */
  public @Nullable Long int64(String name) {
    Object value = any(name);
    if (value == null || value instanceof Long) {
      return (Long) value;
    }
    throw mismatch(name, value instanceof Number ? "number " + value : kind(value), "int64");
  }

  private ApiFailure mismatch(String name, String got, String goType) {
    return ApiFailure.badBody(
        "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
            .formatted(got, struct, name, goType));
  }

  private static ApiFailure notOfType(Object value, String goType) {
    return ApiFailure.badBody(
        "json: cannot unmarshal %s into Go value of type %s".formatted(kind(value), goType));
  }

  private static String kind(Object value) {
    return switch (Values.typeName(value)) {
      case "boolean" -> "bool";
      case "integer" -> "number";
      default -> Values.typeName(value);
    };
  }
}
