package io.terraorbit.foundation.apply;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How lists of a type are owned. Immutable.
 *
 * @param kind whether elements have owners of their own, and what identifies one
 * @param keys of a {@link Kind#MAP}: the members that identify an element
 * @param element the type of the elements; may be lazy
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ListShape(Kind kind, List<String> keys, Supplier<FieldType> element) {
  public ListShape {
    keys = List.copyOf(keys);
  }

  /** What identifies an element of a list. */
  public enum Kind {
    /** Nothing: the list is owned as a whole. */
    ATOMIC,
    /** Its value. */
    SET,
    /** Some of its members. */
    MAP
  }

  /** A list that is owned as a whole. */
  public static ListShape atomic(Supplier<FieldType> element) {
    return new ListShape(Kind.ATOMIC, List.of(), element);
  }

  /** A list of scalars, each owned by itself. */
  public static ListShape set(FieldType element) {
    return new ListShape(Kind.SET, List.of(), () -> element);
  }

  /** A list of objects, each owned by itself. */
  public static ListShape map(List<String> keys, FieldType element) {
    return new ListShape(Kind.MAP, keys, () -> element);
  }

  /** Whether the list is owned as a whole. */
  public boolean atomic() {
    return kind == Kind.ATOMIC;
  }

  /**
   * The path element of an element of a list that is not atomic.
   *
   * @throws MismatchException if it has nothing that identifies it
   */
  PathElement identity(@Nullable Object element) {
    return kind == Kind.MAP ? key(element) : item(element);
  }

  private PathElement key(@Nullable Object element) {
    if (element == null) {
      throw new MismatchException("associative list with keys may not have a null element");
    }
    if (!(element instanceof Map<?, ?> members)) {
      throw new MismatchException("associative list with keys may not have non-map elements");
    }
    MapShape shape = this.element.get().mapShape();
    SortedMap<String, Object> found = new TreeMap<>();
    for (String key : keys) {
      Object value = members.get(key);
      if (value != null) {
        found.put(key, value);
      } else if (!members.containsKey(key)) {
        shape.defaultOf(key).ifPresent(known -> found.put(key, known));
      }
    }
    if (found.isEmpty()) {
      throw new MismatchException(
          "associative list with keys has an element that omits all key fields [%s] (and doesn't have default values for any key fields)"
              .formatted(String.join(" ", keys.stream().map(key -> ValueText.of(key)).toList())));
    }
    return new PathElement.Key(found);
  }

  private static PathElement item(@Nullable Object element) {
    if (element instanceof Map<?, ?>) {
      throw new MismatchException("associative list without keys has an element that's a map type");
    }
    if (element instanceof List<?>) {
      throw new MismatchException("not supported: associative list with lists as elements");
    }
    if (element == null) {
      throw new MismatchException(
          "associative list without keys has an element that's an explicit null");
    }
    return PathElement.item(element);
  }
}
