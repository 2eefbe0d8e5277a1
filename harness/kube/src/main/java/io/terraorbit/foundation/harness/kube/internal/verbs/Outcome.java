package io.terraorbit.foundation.harness.kube.internal.verbs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request came to. Immutable.
 *
 * @param code 200 or 201
 * @param warnings texts for {@code Warning} headers
 */
public record Outcome(int code, Map<String, Object> body, List<String> warnings) {
  public Outcome {
    warnings = List.copyOf(warnings);
  }

  /** A Status that says only that all went well. */
  static Map<String, Object> success(long code) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Success");
    status.put("code", code);
    return status;
  }

  static Outcome ok(Map<String, Object> body) {
    return new Outcome(200, body, List.of());
  }
}
