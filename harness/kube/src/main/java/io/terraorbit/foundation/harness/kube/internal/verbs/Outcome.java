package io.terraorbit.foundation.harness.kube.internal.verbs;

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

  static Outcome ok(Map<String, Object> body) {
    return new Outcome(200, body, List.of());
  }
}
