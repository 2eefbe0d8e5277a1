package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Counts claims of volumes and the storage that they ask for, also by storage class. */
final class VolumeClaimCounting implements Counting {
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String STORAGE = "requests.storage";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  @Override
  public boolean counts(String resource) {
    return resource.equals(ObjectCounting.name(CLAIMS))
        || resource.equals(CLAIMS)
        || resource.equals(STORAGE)
        || resource.endsWith(OF_CLASS + CLAIMS)
        || resource.endsWith(OF_CLASS + STORAGE);
  }

  @Override
  public Amounts usage(Map<String, Object> claim) {
    Amounts usage =
        Amounts.NONE.with(ObjectCounting.name(CLAIMS), Quantity.ONE).with(CLAIMS, Quantity.ONE);
    String storageClass = storageClass(claim);
    if (!storageClass.isEmpty()) {
      usage = usage.with(storageClass + OF_CLASS + CLAIMS, Quantity.ONE);
    }
    Quantity storage = storage(claim).orElse(null);
    if (storage == null) {
      return usage;
    }
    usage = usage.with(STORAGE, storage);
    return storageClass.isEmpty() ? usage : usage.with(storageClass + OF_CLASS + STORAGE, storage);
  }

  @Override
  public boolean inScope(Scope scope, Map<String, Object> claim) {
    return scope.name().equals("VolumeAttributesClass") && scope.selects(attributesClasses(claim));
  }

  @Override
  public boolean onUpdate(String subresource) {
    return subresource.isEmpty();
  }

  /** What is asked for or, while an expansion is under way, what is set aside if that is more. */
  private static Optional<Quantity> storage(Map<String, Object> claim) {
    Optional<Quantity> asked =
        Quantity.find(Values.at(claim, "spec", "resources", "requests", "storage").orElse(null));
    Quantity setAside =
        Quantity.find(Values.at(claim, "status", "allocatedResources", "storage").orElse(null))
            .orElse(Quantity.ZERO);
    return asked.map(Quantity::ceiling).map(storage -> storage.max(setAside.ceiling()));
  }

  private static String storageClass(Map<String, Object> claim) {
    return Values.string(claim, "metadata", "annotations", CLASS_ANNOTATION)
        .or(() -> Values.string(claim, "spec", "storageClassName"))
        .orElse("");
  }

  private static Set<String> attributesClasses(Map<String, Object> claim) {
    Set<String> names = new TreeSet<>();
    Values.string(claim, "spec", "volumeAttributesClassName").ifPresent(names::add);
    Values.string(claim, "status", "currentVolumeAttributesClassName").ifPresent(names::add);
    Values.string(claim, "status", "modifyVolumeStatus", "targetVolumeAttributesClassName")
        .ifPresent(names::add);
    names.remove("");
    return names;
  }
}
