package io.terraorbit.foundation.harness.kube.internal.typed;

import io.terraorbit.foundation.json.RepeatedKeys;
import io.terraorbit.foundation.json.Values;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the keys that come more than once in a value without a type. */
public final class Repeats {
  private Repeats() {}

  /** Reports the repeated keys of an object and of all that is in it. */
  public static void find(Map<String, Object> object, StrictErrors strict) {
    members(object, "", strict);
  }

  private static void members(Map<String, Object> object, String path, StrictErrors strict) {
    Collection<String> keys =
        object instanceof RepeatedKeys repeating ? repeating.keys() : object.keySet();
    Set<String> seen = new HashSet<>();
    for (String name : keys) {
      String memberPath = path.isEmpty() ? name : path + "." + name;
      if (seen.add(name)) {
        value(object.get(name), memberPath, strict);
      } else {
        strict.duplicate(memberPath);
      }
    }
  }

  private static void value(@Nullable Object value, String path, StrictErrors strict) {
    if (value instanceof Map<?, ?>) {
      members(Values.object(value), path, strict);
    } else if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        value(elements.get(i), path + "[" + i + "]", strict);
      }
    }
  }
}
