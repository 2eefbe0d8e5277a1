package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.strategic.GoText;
import io.terraorbit.foundation.harness.kube.internal.strategic.StrategicMerge;
import io.terraorbit.foundation.harness.kube.internal.typed.Repeats;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A strategic merge patch of a built-in kind. Immutable.
 *
 * @param type of the objects that it fits
 * @param changes read when there is an object to patch, as its mistakes are not told before
 */
record StrategicPatch(StructType type, Supplier<Map<String, Object>> changes) implements Patch {
  @Override
  public Map<String, Object> apply(Map<String, Object> object) {
    return patched(object).object();
  }

  @Override
  public void check(StrictErrors strict) {
    Repeats.find(changes.get(), strict);
  }

  @Override
  public Body patched(Map<String, Object> object) {
    Map<String, Object> patch = own(changes.get());
    Map<String, Object> merged = StrategicMerge.merge(type, own(object), patch);
    return new Body(merged, this::check, () -> GoText.of(patch));
  }

  private static Map<String, Object> own(Map<String, Object> object) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach((name, member) -> copy.put(name, ownValue(member)));
    return Values.object(copy);
  }

  private static @Nullable Object ownValue(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return own(Values.object(value));
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>(elements.size());
      elements.forEach(element -> copy.add(ownValue(element)));
      return copy;
    }
    return value;
  }
}
