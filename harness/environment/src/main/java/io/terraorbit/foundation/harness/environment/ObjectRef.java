package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * Names one Kubernetes object. Immutable.
 *
 * @param apiVersion {@code v1} or {@code group/version}
 * @param namespace empty for a cluster-scoped object
 * @param name empty in a request that has none, such as a list or a create with generateName
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {
  /** {@code Kind/name} or {@code Kind/namespace/name}, as messages show it. */
  @Override
  public String toString() {
    return kind + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
