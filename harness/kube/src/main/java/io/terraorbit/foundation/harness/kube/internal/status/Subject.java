package io.terraorbit.foundation.harness.kube.internal.status;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a refusal is about. Immutable.
 *
 * @param resource plural, such as {@code configmaps}
 * @param name empty when the request had none
 */
public record Subject(String group, String resource, String kind, String name) {
  /** {@code leases.coordination.k8s.io}, or just the plural in the core group. */
  public String qualified() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  /** {@code Lease.coordination.k8s.io}, or just the kind in the core group. */
  public String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  /** The same, by the plural where the kind would be: so the real server's storage speaks. */
  public Subject byResource() {
    return new Subject(group, resource, resource, name);
  }

  Map<String, Object> details(String kindField) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    if (!kindField.isEmpty()) {
      details.put("kind", kindField);
    }
    return details;
  }
}
