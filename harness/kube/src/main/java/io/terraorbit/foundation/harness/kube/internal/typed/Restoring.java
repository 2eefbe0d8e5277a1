package io.terraorbit.foundation.harness.kube.internal.typed;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fits values without a type into a structure, as the real server does with what a strategic merge
 * patch makes: not by way of JSON, so that other texts tell of what does not fit, and so that whole
 * floats and too large integers do.
 *
 * <p>Stateless. Values are changed in place and must be the caller's own.
 */
public final class Restoring {
  private Restoring() {}

  /**
   * Fits an object.
   *
   * @throws UndecodableException with Go's message
   */
  public static void restore(StructType type, Map<String, Object> object) {
    for (Field field : type.fields().values()) {
      if (object.get(field.name()) != null) {
        object.replace(
            field.name(), value(field, 0, field.spelling().type(), object.get(field.name())));
      }
    }
  }

  private static @Nullable Object value(
      Field field, int depth, String goType, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (field.shape().charAt(depth)) {
      case '[' -> list(field, depth, goType, value);
      case '{' -> map(field, depth, goType, value);
      case '.' -> {
        if (!(value instanceof Map<?, ?>)) {
          throw new UndecodableException("cannot restore struct from: " + kind(value));
        }
        restore(field.type(), Values.object(value));
        yield value;
      }
      case 's' -> string(value, goType.isEmpty() ? "string" : goType);
      case 'b' -> simple(value instanceof Boolean, value, "bool");
      case 'i' -> whole(value, goType.isEmpty() ? "int32" : goType, true);
      case 'l' -> whole(value, goType.isEmpty() ? "int64" : goType, false);
      case 'd' -> simple(value instanceof Number, value, "float64");
      case 'y' -> bytes(value);
      case 't', 'm', 'u' -> simpleJson(value instanceof String, value, "string");
      case 'q' -> {
        if (Quantity.find(value).isEmpty()) {
          throw new UndecodableException(Quantity.SYNTAX);
        }
        yield value;
      }
      case 'o' -> simpleJson(value instanceof String || value instanceof Long, value, "int32");
      default -> value;
    };
  }

  private static Object list(Field field, int depth, String goType, Object value) {
    if (!(value instanceof List<?>)) {
      throw new UndecodableException("cannot restore slice from " + kind(value));
    }
    String elementType = Field.elementType(goType);
    Values.list(value).replaceAll(element -> value(field, depth + 1, elementType, element));
    return value;
  }

  private static Object map(Field field, int depth, String goType, Object value) {
    if (!(value instanceof Map<?, ?>)) {
      throw new UndecodableException("cannot restore map from " + kind(value));
    }
    String elementType = Field.elementType(goType);
    Values.object(value).replaceAll((name, member) -> value(field, depth + 1, elementType, member));
    return value;
  }

  private static Object string(Object value, String goType) {
    if (value instanceof Long) {
      throw new UndecodableException("cannot convert int64 to " + goType);
    }
    return simple(value instanceof String, value, "string");
  }

  private static Object whole(Object value, String goType, boolean narrow) {
    if (value instanceof Double number) {
      if (number != Math.rint(number)) {
        throw new UndecodableException("cannot convert float64 to " + goType);
      }
      return narrow ? (long) (int) (long) (double) number : (long) (double) number;
    }
    if (value instanceof Long number) {
      return narrow ? (long) (int) (long) number : number;
    }
    throw unrecognized(narrow ? "int32" : "int64");
  }

  private static Object bytes(Object value) {
    if (value instanceof String text) {
      int corrupt = GoBytes.corruptAt(text);
      if (corrupt >= 0) {
        throw new UndecodableException(
            "error decoding from json: illegal base64 data at input byte " + corrupt);
      }
    } else if (!(value instanceof List<?>)) {
      throw new UndecodableException("cannot restore slice from " + kind(value));
    }
    return value;
  }

  private static Object simple(boolean fits, Object value, String kind) {
    if (fits) {
      return value;
    }
    throw unrecognized(kind);
  }

  /** A type that reads itself, which it does from JSON. */
  private static Object simpleJson(boolean fits, Object value, String goType) {
    if (fits) {
      return value;
    }
    throw new UndecodableException(
        "json: cannot unmarshal %s into Go value of type %s"
            .formatted(GoValues.typeName(value), goType));
  }

  private static UndecodableException unrecognized(String kind) {
    return new UndecodableException("unrecognized type: " + kind);
  }

  /** What Go calls the kind of a value. */
  private static String kind(Object value) {
    if (value instanceof Map<?, ?>) {
      return "map";
    }
    if (value instanceof List<?>) {
      return "slice";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    return value instanceof Long ? "int64" : "float64";
  }
}
