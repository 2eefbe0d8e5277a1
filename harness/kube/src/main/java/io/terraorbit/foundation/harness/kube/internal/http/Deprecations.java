package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Warns those who use a kind that Kubernetes has given up. */
final class Deprecations {
  private static final Map<String, String> WARNINGS =
      Map.of(
          "/core/componentstatuses/", "v1 ComponentStatus is deprecated in v1.19+",
          "/core/endpoints/",
              "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

  private Deprecations() {}

  /** A reply about objects of a kind, with the warning if there is one. */
  static Reply warn(ResourceType type, Reply reply) {
    String warning = WARNINGS.get(type.prefix());
    if (warning == null || !(reply instanceof Reply.Answer answer)) {
      return reply;
    }
    List<String> warnings = new ArrayList<>();
    warnings.add(warning);
    warnings.addAll(answer.warnings());
    return answer.warning(warnings);
  }
}
