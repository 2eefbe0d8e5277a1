package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Fills in what depends on other objects. Used under the store's lock only. */
public final class Placement {
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
