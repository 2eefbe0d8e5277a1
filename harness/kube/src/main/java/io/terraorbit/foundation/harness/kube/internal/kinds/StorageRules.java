package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Volumes, claims and classes of storage. */
enum StorageRules implements KindRules {
  VOLUME {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          volume -> {
            Draft spec = volume.make("spec");
            spec.orText("persistentVolumeReclaimPolicy", "Retain")
                .orElse("volumeMode", "Filesystem")
                .replaceValues("capacity", Resources::canonical);
            spec.within("hostPath", source -> source.orElse("type", ""));
          });
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of(
          "phase",
          "Pending",
          "lastPhaseTransitionTime",
          Checks.text(object, "metadata", "creationTimestamp"));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Map<String, Object> spec = Values.objectAt(object, "spec");
      accessModes(errors, spec);
      Map<String, Object> capacity = Values.objectAt(spec, "capacity");
      if (capacity.isEmpty()) {
        errors.add(FieldError.required("spec.capacity", ""));
      } else if (!capacity.containsKey("storage") || capacity.size() > 1) {
        errors.add(FieldError.notSupported("spec.capacity", capacity, List.of("storage")));
      }
      Checks.oneOf(
          errors,
          "spec.persistentVolumeReclaimPolicy",
          spec.get("persistentVolumeReclaimPolicy"),
          "Delete",
          "Recycle",
          "Retain");
      if (spec.keySet().stream().noneMatch(SOURCES::contains)) {
        errors.add(FieldError.required("spec", "must specify a volume type"));
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      for (String source : SOURCES) {
        if (!Values.objectAt(object, "spec", source)
            .equals(Values.objectAt(before, "spec", source))) {
          errors.add(
              FieldError.forbidden(
                  "spec.persistentvolumesource",
                  "spec.persistentvolumesource is immutable after creation"));
        }
      }
      Checks.immutable(errors, object, before, "spec", "volumeMode");
    }
  },
  CLAIM {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(object, VolumeDefaults::claim);
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of("phase", "Pending");
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Map<String, Object> spec = Values.objectAt(object, "spec");
      accessModes(errors, spec);
      Object storage = Values.at(spec, "resources", "requests", "storage").orElse(null);
      if (storage == null) {
        errors.add(FieldError.required("spec.resources[storage]", ""));
      } else if (Quantity.find(storage).orElse(Quantity.ZERO).signum() <= 0) {
        errors.add(
            FieldError.invalid(
                "spec.resources[storage]", String.valueOf(storage), "must be greater than zero"));
      }
      Checks.selector(errors, "spec.selector", Values.objectAt(spec, "selector"));
      if (!Checks.text(spec, "storageClassName").isEmpty()) {
        Checks.subdomain(errors, "spec.storageClassName", Checks.text(spec, "storageClassName"));
      }
      Checks.oneOf(errors, "spec.volumeMode", spec.get("volumeMode"), "Block", "Filesystem");
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      boolean bound = "Bound".equals(Checks.text(before, "status", "phase"));
      if (!fixed(object).equals(fixed(before))) {
        errors.add(
            FieldError.forbidden(
                "spec",
                "spec is immutable after creation except resources.requests and"
                    + " volumeAttributesClassName for bound claims\n"));
        return;
      }
      Quantity now = storage(object);
      Quantity old = storage(before);
      if (!now.equals(old) && !bound) {
        errors.add(
            FieldError.forbidden(
                "spec",
                "spec is immutable after creation except resources.requests and"
                    + " volumeAttributesClassName for bound claims\n"));
      } else if (now.compareTo(old) < 0) {
        errors.add(
            FieldError.forbidden(
                "spec.resources.requests.storage", "field can not be less than status.capacity"));
      }
    }
  },
  CLASS {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          type -> type.orText("reclaimPolicy", "Delete").orText("volumeBindingMode", "Immediate"));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      if (Checks.text(object, "provisioner").isEmpty()) {
        errors.add(FieldError.required("provisioner", ""));
      }
      Checks.oneOf(errors, "reclaimPolicy", object.get("reclaimPolicy"), "Delete", "Retain");
      Checks.oneOf(
          errors,
          "volumeBindingMode",
          object.get("volumeBindingMode"),
          "Immediate",
          "WaitForFirstConsumer");
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      if (!Values.objectAt(object, "parameters").equals(Values.objectAt(before, "parameters"))) {
        errors.add(FieldError.forbidden("parameters", "updates to parameters are forbidden."));
      }
      if (!Checks.text(object, "provisioner").equals(Checks.text(before, "provisioner"))) {
        errors.add(FieldError.forbidden("provisioner", "updates to provisioner are forbidden."));
      }
      if (!Checks.text(object, "reclaimPolicy").equals(Checks.text(before, "reclaimPolicy"))) {
        errors.add(
            FieldError.forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden."));
      }
      Checks.immutable(errors, object, before, "volumeBindingMode");
    }
  },
  ATTACHMENT {
    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of("attached", false);
    }
  };

  private static final List<String> SOURCES =
      List.of(
          "awsElasticBlockStore",
          "azureDisk",
          "azureFile",
          "cephfs",
          "cinder",
          "csi",
          "fc",
          "flexVolume",
          "flocker",
          "gcePersistentDisk",
          "glusterfs",
          "hostPath",
          "iscsi",
          "local",
          "nfs",
          "photonPersistentDisk",
          "portworxVolume",
          "quobyte",
          "rbd",
          "scaleIO",
          "storageos",
          "vsphereVolume");

  private static Quantity storage(Map<String, Object> claim) {
    return Quantity.find(Values.at(claim, "spec", "resources", "requests", "storage").orElse(null))
        .orElse(Quantity.ZERO);
  }

  /** What of a claim never changes; its volume may be named once. */
  private static Map<String, Object> fixed(Map<String, Object> claim) {
    return Draft.change(
        Values.objectAt(claim, "spec"),
        spec -> {
          spec.remove("volumeName");
          spec.remove("volumeAttributesClassName");
          spec.within("resources", resources -> resources.remove("requests"));
        });
  }

  private static void accessModes(List<FieldError> errors, Map<String, Object> spec) {
    List<Object> modes = Values.listAt(spec, "accessModes");
    if (modes.isEmpty()) {
      errors.add(FieldError.required("spec.accessModes", "at least 1 access mode is required"));
    }
    modes.forEach(
        mode ->
            Checks.oneOf(
                errors,
                "spec.accessModes",
                mode,
                "ReadOnlyMany",
                "ReadWriteMany",
                "ReadWriteOnce",
                "ReadWriteOncePod"));
  }
}
