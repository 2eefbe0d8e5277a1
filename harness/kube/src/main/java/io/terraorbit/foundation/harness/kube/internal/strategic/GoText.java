package io.terraorbit.foundation.harness.kube.internal.strategic;

import io.terraorbit.foundation.harness.kube.internal.status.GoNumbers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Go prints them in messages: {@code map[a:1 b:[x y]]}. */
public final class GoText {
  private GoText() {}

  /** A value by {@code %v}. */
  public static String of(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return new TreeMap<>(members)
          .entrySet().stream()
              .map(member -> member.getKey() + ":" + of(member.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value instanceof List<?> elements) {
      return elements.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
    }
    if (value instanceof Double number) {
      return GoNumbers.text(number);
    }
    return value == null ? "<nil>" : value.toString();
  }

  /** The type of a value by {@code %T}. */
  static String typeOf(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return "map[string]interface {}";
    }
    if (value instanceof List<?>) {
      return "[]interface {}";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value == null) {
      return "%!s(<nil>)";
    }
    return value instanceof Long ? "int64" : "float64";
  }
}
