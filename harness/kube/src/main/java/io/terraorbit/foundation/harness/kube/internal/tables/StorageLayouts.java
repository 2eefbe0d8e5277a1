package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns of volumes and of {@code storage.k8s.io}. */
final class StorageLayouts {
  private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";
  private static final String WAS_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";
  private static final String WAS_CLASS = "volume.beta.kubernetes.io/storage-class";

  private StorageLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "persistentvolumes" -> Optional.of(volumes());
      case "persistentvolumeclaims" -> Optional.of(claims());
      case "storageclasses.storage.k8s.io" -> Optional.of(classes());
      case "volumeattributesclasses.storage.k8s.io" ->
          Optional.of(Layout.named().text("DriverName", Cells.at("driverName")).age().build());
      case "volumeattachments.storage.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("Attacher", Cells.at("spec.attacher"))
                  .text("PV", Cells.at("spec.source.persistentVolumeName"))
                  .text("Node", Cells.at("spec.nodeName"))
                  .truth("Attached", Cells.flag("status.attached"))
                  .age()
                  .build());
      case "csinodes.storage.k8s.io" ->
          Optional.of(Layout.named().number("Drivers", Cells.size("spec.drivers")).age().build());
      case "csidrivers.storage.k8s.io" -> Optional.of(drivers());
      default -> Optional.empty();
    };
  }

  private static Layout volumes() {
    return Layout.named()
        .text("Capacity", Cells.at("spec.capacity.storage"))
        .text("Access Modes", modes("spec.accessModes"))
        .text("Reclaim Policy", Cells.at("spec.persistentVolumeReclaimPolicy"))
        .text("Status", volume -> phase(volume))
        .text("Claim", StorageLayouts::claim)
        .text("StorageClass", StorageLayouts::storageClass)
        .text("VolumeAttributesClass", Cells.at("spec.volumeAttributesClassName", Cells.UNSET))
        .text("Reason", Cells.at("status.reason"))
        .age()
        .wide("VolumeMode", Cells.at("spec.volumeMode", Cells.UNSET))
        .build();
  }

  private static Layout claims() {
    return Layout.named()
        .text("Status", claim -> phase(claim))
        .text("Volume", Cells.at("spec.volumeName"))
        .text("Capacity", claim -> bound(claim, Cells.at("status.capacity.storage")))
        .text("Access Modes", claim -> bound(claim, modes("status.accessModes")))
        .text("StorageClass", StorageLayouts::storageClass)
        .text("VolumeAttributesClass", Cells.at("spec.volumeAttributesClassName", Cells.UNSET))
        .age()
        .wide("VolumeMode", Cells.at("spec.volumeMode", Cells.UNSET))
        .build();
  }

  private static Layout classes() {
    return Layout.empty()
        .name(0, StorageLayouts::className)
        .text("Provisioner", Cells.at("provisioner"))
        .text("ReclaimPolicy", Cells.at("reclaimPolicy", "Delete"))
        .text("VolumeBindingMode", Cells.at("volumeBindingMode", "Immediate"))
        .text("AllowVolumeExpansion", Cells.flag("allowVolumeExpansion"))
        .age()
        .build();
  }

  private static Layout drivers() {
    return Layout.named()
        .truth("AttachRequired", driver -> flag(driver, "attachRequired", true))
        .truth("PodInfoOnMount", driver -> flag(driver, "podInfoOnMount", false))
        .truth("StorageCapacity", driver -> flag(driver, "storageCapacity", false))
        .text("TokenRequests", StorageLayouts::audiences)
        .truth("RequiresRepublish", driver -> flag(driver, "requiresRepublish", false))
        .text("Modes", Cells.joined("spec.volumeLifecycleModes", Cells.NONE))
        .age()
        .build();
  }

  private static Object flag(Map<String, Object> driver, String name, boolean otherwise) {
    return Values.at(driver, "spec", name).orElse(otherwise);
  }

  private static String audiences(Map<String, Object> driver) {
    String audiences =
        Cells.join(
            Values.listAt(driver, "spec", "tokenRequests").stream()
                .flatMap(request -> Values.string(request, "audience").stream()),
            ",");
    return Cells.orElse(audiences, Cells.UNSET);
  }

  private static String className(Map<String, Object> storageClass) {
    String name = Values.string(storageClass, "metadata", "name").orElse("");
    boolean standard =
        Stream.of(IS_DEFAULT, WAS_DEFAULT)
            .anyMatch(
                key ->
                    Values.string(storageClass, "metadata", "annotations", key)
                        .filter("true"::equals)
                        .isPresent());
    return standard ? name + " (default)" : name;
  }

  private static String phase(Map<String, Object> object) {
    return Cells.string(object, "metadata.deletionTimestamp", "").isEmpty()
        ? Cells.string(object, "status.phase", "")
        : "Terminating";
  }

  private static Object bound(
      Map<String, Object> claim, Function<Map<String, Object>, Object> cell) {
    return Cells.string(claim, "spec.volumeName", "").isEmpty() ? "" : cell.apply(claim);
  }

  private static String claim(Map<String, Object> volume) {
    Map<String, Object> claim = Values.objectAt(volume, "spec", "claimRef");
    return claim.isEmpty()
        ? ""
        : Values.string(claim, "namespace").orElse("")
            + "/"
            + Values.string(claim, "name").orElse("");
  }

  private static String storageClass(Map<String, Object> object) {
    return Values.string(object, "metadata", "annotations", WAS_CLASS)
        .orElse(Cells.string(object, "spec.storageClassName", ""));
  }

  private static Function<Map<String, Object>, Object> modes(String path) {
    return object ->
        Cells.join(
            Values.listAt(object, Cells.split(path)).stream()
                .distinct()
                .map(
                    mode ->
                        switch (String.valueOf(mode)) {
                          case "ReadWriteOnce" -> "RWO";
                          case "ReadOnlyMany" -> "ROX";
                          case "ReadWriteMany" -> "RWX";
                          case "ReadWriteOncePod" -> "RWOP";
                          default -> String.valueOf(mode);
                        }),
            ",");
  }
}
