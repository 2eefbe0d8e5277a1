package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** Puts a finalizer on an object and takes it off, at exactly the version seen. Stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Finalizers {
  private Finalizers() {}

  /** Whether the object is on its way out. */
  public static boolean deleting(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  /**
   * Puts the finalizer on, unless it is there.
   *
   * @return the object as it is then
   */
  public static <T extends HasMetadata> T ensure(
      ResourceClient<T> client, T object, String finalizer) {
    List<String> had = of(object);
    if (had.contains(finalizer)) {
      return object;
    }
    List<String> wanted = new ArrayList<>(had);
    wanted.add(finalizer);
    return write(client, object, wanted);
  }

  /** Takes the finalizer off, if it is there; the object may then be gone. */
  public static <T extends HasMetadata> void remove(
      ResourceClient<T> client, T object, String finalizer) {
    List<String> wanted = new ArrayList<>(of(object));
    if (wanted.remove(finalizer)) {
      T unused = write(client, object, wanted);
    }
  }

  private static List<String> of(HasMetadata object) {
    List<String> finalizers = object.getMetadata().getFinalizers();
    return finalizers == null ? List.of() : finalizers;
  }

  private static <T extends HasMetadata> T write(
      ResourceClient<T> client, T object, List<String> finalizers) {
    String version = object.getMetadata().getResourceVersion();
    return client.mergePatch(
        ObjectKey.of(object),
        Map.of("metadata", Map.of("resourceVersion", version, "finalizers", finalizers)));
  }
}
