package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** Who owns an object, by its controller owner reference. Stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Owners {
  private Owners() {}

  /** The reference that a child carries to name {@code owner} as its controller. */
  public static OwnerReference controller(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /**
   * The key of the controlling owner, if it is of the given type: same kind and same group,
   * whatever the version.
   */
  public static Optional<ObjectKey> controllerOf(
      HasMetadata child, Class<? extends HasMetadata> ownerType) {
    List<OwnerReference> references = child.getMetadata().getOwnerReferences();
    if (references == null) {
      return Optional.empty();
    }
    String kind = HasMetadata.getKind(ownerType);
    String group = group(HasMetadata.getApiVersion(ownerType));
    boolean namespaced = Namespaced.class.isAssignableFrom(ownerType);
    String namespace = child.getMetadata().getNamespace();
    return references.stream()
        .filter(r -> Boolean.TRUE.equals(r.getController()))
        .filter(r -> kind.equals(r.getKind()) && group.equals(group(r.getApiVersion())))
        .findFirst()
        .map(r -> new ObjectKey(namespaced && namespace != null ? namespace : "", r.getName()));
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
