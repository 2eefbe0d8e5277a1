package io.terraorbit.foundation.harness.kube.internal.strategic;

import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a patch; the real server lets most of it out as bare errors. */
final class Mistakes {
  private Mistakes() {}

  static ApiException format(String what) {
    return Refusals.badRequest("invalid patch format of " + what);
  }

  static ApiException noKey(Map<String, Object> element, String key) {
    return Refusals.bare(
        "map: %s does not contain declared merge key: %s".formatted(GoText.of(element), key));
  }

  static ApiException directive(@Nullable Object directive, Map<String, Object> holder) {
    return Refusals.bare(
        "unknown patch type: %s in map: %s".formatted(GoText.of(directive), GoText.of(holder)));
  }

  /** The value as a list. */
  static List<Object> list(@Nullable Object value) {
    if (value instanceof List<?>) {
      return Values.list(value);
    }
    throw notA("[]interface {}", value);
  }

  /** The value as an object. */
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return Values.object(value);
    }
    throw notA("map[string]interface {}", value);
  }

  private static ApiException notA(String expected, @Nullable Object value) {
    return Refusals.bare(
        "expected a %s, but received a %s".formatted(expected, GoText.typeOf(value)));
  }
}
