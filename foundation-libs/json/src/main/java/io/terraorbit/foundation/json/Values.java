package io.terraorbit.foundation.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Looks into and derives JSON values; never changes one. Stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Values {
  private Values() {}

  /** The value below {@code root} by member names; empty when any step is absent or null. */
  public static Optional<Object> at(@Nullable Object root, String... path) {
    Object current = root;
    for (String name : path) {
      current = current instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return Optional.ofNullable(current);
  }

  /** The string at a path; empty when absent or not a string. */
  public static Optional<String> string(@Nullable Object root, String... path) {
    return at(root, path).filter(String.class::isInstance).map(String.class::cast);
  }

  /** The object at a path; an empty one when absent or not an object. */
  public static Map<String, Object> objectAt(@Nullable Object root, String... path) {
    return at(root, path)
        .filter(Map.class::isInstance)
        .map(Values::object)
        .orElse(Collections.emptyMap());
  }

  /** The array at a path; an empty one when absent or not an array. */
  public static List<Object> listAt(@Nullable Object root, String... path) {
    return at(root, path).filter(List.class::isInstance).map(Values::list).orElse(List.of());
  }

  /** The value with the members of its objects, at every depth, in the order of their names. */
  public static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      members.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
      return Collections.unmodifiableMap(sorted);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> sorted = new ArrayList<>(elements.size());
      elements.forEach(element -> sorted.add(sorted(element)));
      return Collections.unmodifiableList(sorted);
    }
    return value;
  }

  /** The value, seen as an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  /** The value, seen as an array. */
  @SuppressWarnings("unchecked")
  public static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  /**
   * A copy of {@code root} in which the value at the path is replaced; objects on the way are made.
   */
  public static Map<String, Object> with(
      Map<String, Object> root, @Nullable Object value, String... path) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(root);
    if (path.length == 1) {
      copy.put(path[0], value);
    } else {
      String[] rest = java.util.Arrays.copyOfRange(path, 1, path.length);
      copy.put(path[0], with(objectAt(root, path[0]), value, rest));
    }
    return freeze(copy);
  }

  /** A copy of {@code root} without the member at the path; the same object when there is none. */
  public static Map<String, Object> without(Map<String, Object> root, String... path) {
    if (!root.containsKey(path[0])) {
      return root;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(root);
    if (path.length == 1) {
      copy.remove(path[0]);
    } else {
      if (!(root.get(path[0]) instanceof Map<?, ?> member)) {
        return root;
      }
      copy.put(
          path[0], without(object(member), java.util.Arrays.copyOfRange(path, 1, path.length)));
    }
    return freeze(copy);
  }

  /** JSON merge patch (RFC 7396): null deletes, objects merge, all else replaces. */
  public static @Nullable Object mergePatch(@Nullable Object target, @Nullable Object patch) {
    if (!(patch instanceof Map<?, ?> changes)) {
      return patch;
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    if (target instanceof Map<?, ?> members) {
      result.putAll(object(members));
    }
    changes.forEach(
        (name, change) -> {
          if (change == null) {
            result.remove(name);
          } else {
            result.put((String) name, mergePatch(result.get(name), change));
          }
        });
    return Collections.unmodifiableMap(result);
  }

  /** An unmodifiable deep copy, so that no one can change the value any more. */
  public static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      members.forEach((name, member) -> copy.put((String) name, copy(member)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>(elements.size());
      elements.forEach(element -> copy.add(copy(element)));
      return Collections.unmodifiableList(copy);
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** JSON's name for the type of a value, such as {@code object}. */
  public static String typeName(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?>) {
      return "object";
    }
    if (value instanceof List<?>) {
      return "array";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof Double || value instanceof Float ? "number" : "integer";
  }

  private static Map<String, Object> freeze(Map<String, @Nullable Object> copy) {
    return Collections.unmodifiableMap(copy);
  }
}
