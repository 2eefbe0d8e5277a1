package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.json.Values;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Names an object of any kind. Immutable.
 *
 * @param apiVersion {@code v1} or {@code group/version}
 * @param kind the kind as manifests write it, such as {@code ConfigMap}
 * @param namespace empty for a cluster-scoped object
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {
  public ObjectRef {
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      throw new IllegalArgumentException(
          "an object reference needs apiVersion and kind, got apiVersion='%s' kind='%s'"
              .formatted(apiVersion, kind));
    }
  }

  /**
   * What an untyped object calls itself; a name that it lacks is empty.
   *
   * @throws IllegalArgumentException if it has no {@code apiVersion} or no {@code kind}
   */
  public static ObjectRef of(Map<String, Object> object) {
    return new ObjectRef(
        Values.string(object, "apiVersion").orElse(""),
        Values.string(object, "kind").orElse(""),
        Values.string(object, "metadata", "namespace").orElse(""),
        Values.string(object, "metadata", "name").orElse(""));
  }

  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  /** {@code kind/namespace/name}, or {@code kind/name}. */
  @Override
  public String toString() {
    return kind + "/" + key();
  }
}
