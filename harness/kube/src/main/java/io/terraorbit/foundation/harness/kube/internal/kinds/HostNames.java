package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import java.util.List;
import java.util.Map;

/** Warns of names that Pods would have for their hosts, and that are none. */
final class HostNames {
  private HostNames() {}

  /** A Pod's own name. */
  static List<String> ofPod(Map<String, Object> pod) {
    return warnings(pod, "the Pod's hostname");
  }

  /** The name of what makes Pods. */
  static List<String> ofWorkload(Map<String, Object> workload) {
    return warnings(workload, "Pod names and hostnames");
  }

  private static List<String> warnings(Map<String, Object> object, String use) {
    List<String> problems = Names.labelProblems(Checks.text(object, "metadata", "name"));
    return problems.isEmpty()
        ? List.of()
        : List.of(
            "metadata.name: this is used in %s, which can result in surprising behavior; a DNS label is recommended: [%s]"
                .formatted(use, String.join(" ", problems)));
  }
}
