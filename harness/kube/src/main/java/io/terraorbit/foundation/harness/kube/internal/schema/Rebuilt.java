package io.terraorbit.foundation.harness.kube.internal.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes values of other values; what does not change is not copied. */
final class Rebuilt {
  /** Stands for a member that is to go. */
  static final Object GONE = new Object();

  private Rebuilt() {}

  /** The object with each member as the function has it. */
  static Map<String, Object> members(
      Map<String, Object> object, BiFunction<String, @Nullable Object, @Nullable Object> change) {
    Map<String, @Nullable Object> rebuilt = null;
    for (Map.Entry<String, Object> member : object.entrySet()) {
      Object before = member.getValue();
      Object after = change.apply(member.getKey(), before);
      if (after == before) {
        continue;
      }
      if (rebuilt == null) {
        rebuilt = new LinkedHashMap<>(object);
      }
      if (after == GONE) {
        rebuilt.remove(member.getKey());
      } else {
        rebuilt.put(member.getKey(), after);
      }
    }
    return rebuilt == null ? object : Collections.unmodifiableMap(rebuilt);
  }

  /** The array with each element as the function has it. */
  static List<?> elements(
      List<?> array, BiFunction<Integer, @Nullable Object, @Nullable Object> change) {
    List<@Nullable Object> rebuilt = null;
    for (int i = 0; i < array.size(); i++) {
      Object before = array.get(i);
      Object after = change.apply(i, before);
      if (after != before) {
        rebuilt = rebuilt == null ? new ArrayList<>(array) : rebuilt;
        rebuilt.set(i, after);
      }
    }
    return rebuilt == null ? array : Collections.unmodifiableList(rebuilt);
  }
}
