package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import java.time.InstantSource;
import java.util.Optional;

/** Finds how the objects of a kind are counted. */
record Countings(PodCounting pods) {
  Countings(InstantSource time) {
    this(new PodCounting(time));
  }

  /** How a kind is counted; empty for kinds that no quota counts: events, and what has no place. */
  Optional<Counting> of(ResourceType type) {
    if (!type.namespaced() || type.has(Flag.VIRTUAL)) {
      return Optional.empty();
    }
    return switch (type.prefix()) {
      case "/core/events/" -> Optional.empty();
      case "/core/pods/" -> Optional.of(pods);
      case "/core/services/" -> Optional.of(new ServiceCounting());
      case "/core/persistentvolumeclaims/" -> Optional.of(new VolumeClaimCounting());
      case "/resource.k8s.io/resourceclaims/" -> Optional.of(new DeviceClaimCounting());
      default -> Optional.of(new ObjectCounting(type.subject("").qualified()));
    };
  }
}
