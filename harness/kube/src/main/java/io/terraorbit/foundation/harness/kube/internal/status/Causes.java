package io.terraorbit.foundation.harness.kube.internal.status;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries of {@code details.causes}, always in one order. */
final class Causes {
  private Causes() {}

  /** A cause; an empty reason or field is left out. */
  static Map<String, Object> cause(String reason, String message, String field) {
    Map<String, Object> cause = new LinkedHashMap<>();
    if (!reason.isEmpty()) {
      cause.put("reason", reason);
    }
    cause.put("message", message);
    if (!field.isEmpty()) {
      cause.put("field", field);
    }
    return cause;
  }
}
