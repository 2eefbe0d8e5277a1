package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import java.util.List;
import java.util.Map;

/** The namespaces as others need them. */
final class Namespaces {
  static final String PREFIX = "/core/namespaces//";

  /** Those that are always there. */
  static final List<String> PERMANENT =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  /** Those that cannot be deleted. */
  static final List<String> UNDELETABLE = List.of("default", "kube-public", "kube-system");

  private Namespaces() {}

  /**
   * The namespace of a name.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 404
   */
  static Map<String, Object> find(Snapshot<Map<String, Object>> now, String name) {
    return now.find(PREFIX + name)
        .map(Entry::value)
        .orElseThrow(() -> Refusals.notFound(new Subject("", "namespaces", "Namespace", name)));
  }
}
