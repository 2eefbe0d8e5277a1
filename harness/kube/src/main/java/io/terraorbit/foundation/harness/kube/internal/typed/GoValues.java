package io.terraorbit.foundation.harness.kube.internal.typed;

import io.terraorbit.foundation.json.Values;
import org.jspecify.annotations.Nullable;

/** What Go's decoder calls the JSON values that it meets. */
public final class GoValues {
  private GoValues() {}

  public static String typeName(@Nullable Object value) {
    if (value instanceof Boolean) {
      return "bool";
    }
    return value instanceof Number ? "number" : Values.typeName(value);
  }
}
