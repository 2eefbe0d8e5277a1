package io.terraorbit.foundation.harness.kube.internal.typed;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.RepeatedKeys;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one value into a structure and back, so that it looks as if it had been one in Go.
 *
 * <p>That is: members that the structure lacks are gone; so are zero values that Go leaves out, and
 * those that Go always writes are there, null for an empty list too, as it comes out of the store;
 * times are in UTC and quantities canonical. Null is the zero value of anything.
 *
 * <p>A value of a wrong type does not end the decoding: Go goes on, and tells of the first such
 * value at the end. But a type that reads itself (a time, a quantity, an integer or string) ends it
 * at once, and then its error is the one that is told. For one value and one thread.
 */
public final class Decoding {
  private final StrictErrors strict;
  private final List<String> errors = new ArrayList<>(1);

  /** Names in Go from the outermost field to the present one. */
  private final List<String> stack = new ArrayList<>();

  private String struct = "";

  private Decoding(StrictErrors strict) {
    this.strict = strict;
  }

  /**
   * Decodes an object.
   *
   * @param strict takes what a strict decoder would find
   * @throws UndecodableException with Go's message
   */
  public static Map<String, Object> decode(
      StructType type, Map<String, Object> object, StrictErrors strict) {
    return decode(type, object, "", strict);
  }

  /**
   * Decodes a part of an object.
   *
   * @param path of the part, for the strict findings, since Go decodes the part as if it were a
   *     whole; empty for a whole object
   */
  public static Map<String, Object> decode(
      StructType type, Map<String, Object> object, String path, StrictErrors strict) {
    Decoding decoding = new Decoding(strict);
    Map<String, Object> decoded = decoding.structure(type, object, path);
    if (!decoding.errors.isEmpty()) {
      throw new UndecodableException(decoding.errors.get(0));
    }
    return decoded;
  }

  private Map<String, Object> structure(StructType type, Map<String, Object> object, String path) {
    String outer = struct;
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String name : keys(object)) {
      String memberPath = path.isEmpty() ? name : path + "." + name;
      Field field = type.fields().get(name);
      if (field == null) {
        strict.unknown(memberPath);
      } else if (!seen.add(name)) {
        strict.duplicate(memberPath);
      } else {
        struct = type.goName();
        stack.add(field.spelling().via() + name);
        Object value = value(field, 0, field.spelling().type(), object.get(name), memberPath);
        stack.remove(stack.size() - 1);
        if (written(field, value)) {
          kept.put(name, value);
        }
      }
    }
    struct = outer;
    for (Field field : type.fields().values()) {
      if (!kept.containsKey(field.name())) {
        Object zero = absent(field);
        if (zero != null || field.nil()) {
          kept.put(field.name(), zero);
        }
      }
    }
    return Collections.unmodifiableMap(kept);
  }

  /** Every key as often as it comes. */
  private static Collection<String> keys(Map<String, Object> object) {
    return object instanceof RepeatedKeys repeating ? repeating.keys() : object.keySet();
  }

  /** Whether Go writes a value that was given. */
  private static boolean written(Field field, @Nullable Object value) {
    if (value == null) {
      return false;
    }
    if (field.pointer() || (field.always() && !field.nil())) {
      return true;
    }
    return switch (field.shape().charAt(0)) {
      case '[' -> !(value instanceof List<?> elements && elements.isEmpty());
      case '{' -> !(value instanceof Map<?, ?> members && members.isEmpty());
      case 's', 'y' -> !value.equals("");
      case 'b' -> !value.equals(false);
      case 'i', 'l' -> !value.equals(0L);
      case 'd' -> ((Number) value).doubleValue() != 0;
      case '.' -> !(field.omitZero() && ((Map<?, ?>) value).isEmpty());
      default -> true;
    };
  }

  /** What Go writes for a field that was not given; null for nothing. */
  private @Nullable Object absent(Field field) {
    if (field.pointer()) {
      return null;
    }
    return switch (field.shape().charAt(0)) {
      case '.' -> field.omitZero() ? null : zero(field.type());
      case 's' -> field.always() ? "" : null;
      case 'b' -> field.always() ? false : null;
      case 'i', 'l' -> field.always() ? 0L : null;
      case 'q' -> "0";
      case 'o' -> 0L;
      default -> null;
    };
  }

  private Map<String, Object> zero(StructType type) {
    return structure(type, Map.of(), "");
  }

  private @Nullable Object value(
      Field field, int depth, String goType, @Nullable Object value, String path) {
    if (value == null) {
      return depth == 0 ? null : zeroElement(field, depth);
    }
    return switch (field.shape().charAt(depth)) {
      case '[' -> list(field, depth, goType, value, path);
      case '{' -> map(field, depth, goType, value, path);
      case '.' -> {
        if (value instanceof Map<?, ?>) {
          yield structure(field.type(), Values.object(value), path);
        }
        yield mismatch(value, field.goType(depth, goType));
      }
      case 's', 'u' -> value instanceof String ? value : mismatch(value, type(goType, "string"));
      case 'b' -> value instanceof Boolean ? value : mismatch(value, type(goType, "bool"));
      case 'i' -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type(goType, "int32"));
      case 'l' -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, type(goType, "int64"));
      case 'd' -> value instanceof Number ? value : mismatch(value, type(goType, "float64"));
      case 'y' -> bytes(value);
      case 't' -> GoTimes.seconds(text(value));
      case 'm' -> GoTimes.micros(text(value));
      case 'q' ->
          Quantity.find(value)
              .orElseThrow(() -> new UndecodableException(Quantity.SYNTAX))
              .toString();
      case 'o' -> integerOrString(value);
      default -> value;
    };
  }

  /** What null is as an element; as a member it is nothing. */
  private @Nullable Object zeroElement(Field field, int depth) {
    return switch (field.shape().charAt(depth)) {
      case '.' -> zero(field.type());
      case 's' -> "";
      case 'b' -> false;
      case 'i', 'l', 'o' -> 0L;
      case 'q' -> "0";
      default -> null;
    };
  }

  private @Nullable Object list(Field field, int depth, String goType, Object value, String path) {
    if (!(value instanceof List<?> elements)) {
      return mismatch(value, field.goType(depth, goType));
    }
    String elementType = Field.elementType(goType);
    List<@Nullable Object> kept = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      kept.add(value(field, depth + 1, elementType, elements.get(i), path + "[" + i + "]"));
    }
    return Collections.unmodifiableList(kept);
  }

  private @Nullable Object map(Field field, int depth, String goType, Object value, String path) {
    if (!(value instanceof Map<?, ?>)) {
      return mismatch(value, field.goType(depth, goType));
    }
    Map<String, Object> members = Values.object(value);
    String elementType = Field.elementType(goType);
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    for (String name : keys(members)) {
      String memberPath = path + "." + name;
      if (kept.containsKey(name)) {
        strict.duplicate(memberPath);
      } else {
        kept.put(name, value(field, depth + 1, elementType, members.get(name), memberPath));
      }
    }
    return Collections.unmodifiableMap(kept);
  }

  private @Nullable Object whole(Object value, long least, long most, String goType) {
    if (value instanceof Long number && number >= least && number <= most) {
      return value;
    }
    return mismatched(numbered(value), goType);
  }

  private @Nullable Object bytes(Object value) {
    if (value instanceof List<?> elements && GoBytes.ofNumbers(elements) != null) {
      return GoBytes.ofNumbers(elements);
    }
    if (!(value instanceof String text)) {
      return mismatch(value, "[]uint8");
    }
    int corrupt = GoBytes.corruptAt(text);
    if (corrupt < 0) {
      return GoBytes.withoutBreaks(text);
    }
    errors.add("illegal base64 data at input byte " + corrupt);
    return null;
  }

  private String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new UndecodableException(unmarshal(GoValues.typeName(value), "string"));
  }

  private Object integerOrString(Object value) {
    boolean fits =
        value instanceof Long number && number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE;
    if (fits || value instanceof String) {
      return value;
    }
    throw new UndecodableException(unmarshal(numbered(value), "int32"));
  }

  private @Nullable Object mismatch(Object value, String goType) {
    return mismatched(GoValues.typeName(value), goType);
  }

  private @Nullable Object mismatched(String met, String goType) {
    errors.add(unmarshal(met, goType));
    return null;
  }

  private String unmarshal(String met, String goType) {
    return "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
        .formatted(met, struct, String.join(".", stack), goType);
  }

  /** The name of the type; a number is cited, too. */
  private static String numbered(Object value) {
    String name = GoValues.typeName(value);
    return value instanceof Number ? name + " " + value : name;
  }

  private static String type(String declared, String usual) {
    return declared.isEmpty() ? usual : declared;
  }
}
