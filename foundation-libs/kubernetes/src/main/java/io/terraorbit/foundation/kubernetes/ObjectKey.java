package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
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

  /**
   * The key of an object.
   *
   * @throws IllegalArgumentException if the object has no name
   */
  public static ObjectKey of(HasMetadata object) {
    String name = object.getMetadata() == null ? null : object.getMetadata().getName();
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException(
          "an object needs metadata.name, got a %s without".formatted(object.getKind()));
    }
    String namespace = object.getMetadata().getNamespace();
    return new ObjectKey(namespace == null ? "" : namespace, name);
  }

  /** {@code namespace/name}, or the name alone. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
