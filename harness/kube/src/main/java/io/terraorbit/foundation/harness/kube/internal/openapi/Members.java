package io.terraorbit.foundation.harness.kube.internal.openapi;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of JSON whose members keep their order. */
final class Members {
  private Members() {}

  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }
}
