package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Fills in what depends on other objects. Used under the store's lock only. */
public final class Placement {
  /** The finalizer of claims that are not to go while Pods use them. */
  public static final String CLAIM_IN_USE = "kubernetes.io/pvc-protection";

  /** The finalizer of volumes that are not to go while they are bound. */
  public static final String VOLUME_IN_USE = "kubernetes.io/pv-protection";

  /**
   * The finalizer of classes of attributes that are not to go while claims or volumes have them.
   */
  public static final String ATTRIBUTES_IN_USE = "kubernetes.io/vac-protection";

  /** Where claims are kept. */
  public static final String CLAIMS = "/core/persistentvolumeclaims/";

  /** Where volumes are kept. */
  public static final String VOLUMES = "/core/persistentvolumes/";

  /** Where classes of attributes are kept. */
  public static final String ATTRIBUTES = "/storage.k8s.io/volumeattributesclasses/";

  private static final String PODS = "/core/pods/";
  private static final String SERVICES = "/core/services/";

  private final ServiceAddresses addresses;

  public Placement(RandomGenerator random) {
    this.addresses = new ServiceAddresses(random);
  }

  /**
   * A new object, complete.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if the cluster has
   *     no place for it
   */
  public Map<String, Object> create(
      Snapshot<Map<String, Object>> state, ResourceType type, Map<String, Object> object) {
    return switch (type.prefix()) {
      case PODS -> PodAdmission.create(state, type, object);
      case SERVICES -> addresses.create(state, type, object);
      case "/core/nodes/" -> Marks.tainted(object);
      case CLAIMS -> Marks.kept(object, CLAIM_IN_USE);
      case VOLUMES -> Marks.kept(object, VOLUME_IN_USE);
      case ATTRIBUTES -> Marks.kept(object, ATTRIBUTES_IN_USE);
      default -> object;
    };
  }

  /** As {@link #create}, for a change; {@code before} is what is stored. */
  public Map<String, Object> update(
      Snapshot<Map<String, Object>> state,
      ResourceType type,
      Map<String, Object> object,
      Map<String, Object> before) {
    return switch (type.prefix()) {
      case PODS -> PodAdmission.update(object, before);
      case SERVICES -> addresses.update(state, type, object, before);
      default -> object;
    };
  }
}
