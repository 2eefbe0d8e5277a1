package io.terraorbit.foundation.harness.kube.internal.workloads;

import java.util.Optional;

/** A kind that the controllers read or write. */
public enum Kind {
  POD("v1", "Pod", "/core/pods/"),
  NODE("v1", "Node", "/core/nodes/"),
  SERVICE("v1", "Service", "/core/services/"),
  ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", "/discovery.k8s.io/endpointslices/"),
  REPLICA_SET("apps/v1", "ReplicaSet", "/apps/replicasets/"),
  DEPLOYMENT("apps/v1", "Deployment", "/apps/deployments/"),
  STATEFUL_SET("apps/v1", "StatefulSet", "/apps/statefulsets/"),
  DAEMON_SET("apps/v1", "DaemonSet", "/apps/daemonsets/"),
  JOB("batch/v1", "Job", "/batch/jobs/"),
  CLAIM("v1", "PersistentVolumeClaim", "/core/persistentvolumeclaims/"),
  BUDGET("policy/v1", "PodDisruptionBudget", "/policy/poddisruptionbudgets/");

  private final String apiVersion;
  private final String kind;
  private final String prefix;

  Kind(String apiVersion, String kind, String prefix) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.prefix = prefix;
  }

  /** The version in which its objects are written, such as {@code apps/v1}. */
  public String apiVersion() {
    return apiVersion;
  }

  /** Such as {@code Deployment}. */
  public String kind() {
    return kind;
  }

  /** What the keys of its objects begin with. */
  public String prefix() {
    return prefix;
  }

  /** The kind of the object at a key; empty for one that no controller looks at. */
  static Optional<Kind> of(String key) {
    for (Kind kind : values()) {
      if (key.startsWith(kind.prefix)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
