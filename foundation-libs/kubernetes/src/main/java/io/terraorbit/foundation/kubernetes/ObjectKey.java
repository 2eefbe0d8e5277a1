package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;

/**
 * Names an object among those of its kind. Immutable.
 *
 * @param namespace empty for a cluster-scoped object
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ObjectKey(String namespace, String name) {
  /** The key of a cluster-scoped object. */
  public static ObjectKey cluster(String name) {
    return new ObjectKey("", name);
  }

  /** {@code namespace/name}, or the name alone. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
