package io.terraorbit.foundation.apply;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands where there is no value, which is something else than null. */
enum Absent {
  ABSENT;

  static boolean is(@Nullable Object value) {
    return value == ABSENT;
  }

  /** The member of an object; absent also where there is no object. */
  static @Nullable Object member(@Nullable Object object, String name) {
    if (!(object instanceof Map<?, ?> members)) {
      return ABSENT;
    }
    Object value = members.get(name);
    return value != null || members.containsKey(name) ? value : ABSENT;
  }

  /** Whether a value is a string, number or Boolean. */
  static boolean scalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  /** The object that a value is; an empty one if it is none. */
  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }

  /** The list that a value is; an empty one if it is none. */
  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> elements ? elements : List.of();
  }
}
