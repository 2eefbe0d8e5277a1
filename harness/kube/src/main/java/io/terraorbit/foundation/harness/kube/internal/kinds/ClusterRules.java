package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.definitions.DefinitionRules;
import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Kinds that belong to the whole cluster and need little. */
enum ClusterRules implements KindRules {
  NAMESPACE {
    @Override
    public Map<String, Object> onCreate(Map<String, Object> object) {
      Map<String, Object> named = labelled(object);
      return Values.with(named, List.of("kubernetes"), "spec", "finalizers");
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of("phase", "Active");
    }

    @Override
    public Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
      return labelled(Values.with(object, Values.objectAt(before, "spec"), "spec"));
    }

    @Override
    public Map<String, Object> onStatus(Map<String, Object> object, Map<String, Object> before) {
      return labelled(object);
    }

    private static Map<String, Object> labelled(Map<String, Object> object) {
      return Values.with(
          object,
          Checks.text(object, "metadata", "name"),
          "metadata",
          "labels",
          "kubernetes.io/metadata.name");
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      List<Object> finalizers = Values.listAt(object, "spec", "finalizers");
      for (int i = 0; i < finalizers.size(); i++) {
        String name = String.valueOf(finalizers.get(i));
        if (name.indexOf('/') < 0 && !name.equals("kubernetes")) {
          errors.add(
              FieldError.invalid(
                  "spec.finalizers[%d]".formatted(i),
                  name,
                  "name is neither a standard finalizer name nor is it fully qualified"));
        }
      }
      String phase = Checks.text(object, "status", "phase");
      boolean deleting = !Checks.text(object, "metadata", "deletionTimestamp").isEmpty();
      if (!deleting && !phase.isEmpty() && !phase.equals("Active")) {
        errors.add(
            FieldError.invalid(
                "status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty"));
      }
      if (deleting && !phase.equals("Terminating")) {
        errors.add(
            FieldError.invalid(
                "status.Phase",
                phase,
                "may only be 'Terminating' if `deletionTimestamp` is not empty"));
      }
    }
  },
  DEFINITION {
    @Override
    public Map<String, Object> onCreate(Map<String, Object> object) {
      return stored(Values.without(object, "status"));
    }

    @Override
    public Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
      return stored(object);
    }

    private static Map<String, Object> stored(Map<String, Object> object) {
      Map<String, Object> named = Definition.withDefaultNames(object);
      return Values.with(named, Definition.storedVersions(named), "status", "storedVersions");
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      errors.addAll(DefinitionRules.check(object));
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      errors.addAll(DefinitionRules.checkChange(object, before));
    }
  },
  NODE {
    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Values.objectAt(Draft.change(object, ClusterRules::fillNode), "status");
    }

    @Override
    public Map<String, Object> onStatus(Map<String, Object> object, Map<String, Object> before) {
      return Draft.change(object, ClusterRules::fillNode);
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      List<Object> taints = Values.listAt(object, "spec", "taints");
      for (int i = 0; i < taints.size(); i++) {
        String at = "spec.taints[%d]".formatted(i);
        Checks.required(errors, at, taints.get(i), "key");
        Object effect = Values.at(taints.get(i), "effect").orElse("");
        if (effect.equals("")) {
          errors.add(FieldError.required(at + ".effect", ""));
        }
        Checks.oneOf(errors, at + ".effect", effect, "NoExecute", "NoSchedule", "PreferNoSchedule");
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      String old = Checks.text(before, "spec", "podCIDR");
      if (!old.isEmpty() && !old.equals(Checks.text(object, "spec", "podCIDR"))) {
        errors.add(
            FieldError.forbidden(
                "spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid"));
      }
      String provider = Checks.text(before, "spec", "providerID");
      if (!provider.isEmpty() && !provider.equals(Checks.text(object, "spec", "providerID"))) {
        errors.add(
            FieldError.forbidden(
                "spec.providerID",
                "node updates may not change providerID except from \"\" to valid"));
      }
    }
  },
  PRIORITY_CLASS {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(object, type -> type.orText("preemptionPolicy", "PreemptLowerPriority"));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      String name = Checks.text(object, "metadata", "name");
      if (name.startsWith("system-") && !name.matches("system-(cluster|node)-critical")) {
        errors.add(
            FieldError.forbidden(
                "metadata.name",
                "priority class names with 'system-' prefix are reserved for"
                    + " system use only"));
      }
      if (object.get("value") instanceof Long value
          && value > MAX_PRIORITY
          && !name.startsWith("system-")) {
        errors.add(
            FieldError.forbidden(
                "value", "maximum allowed value of a user defined priority is 1000000000"));
      }
      Checks.oneOf(
          errors,
          "preemptionPolicy",
          object.get("preemptionPolicy"),
          "Never",
          "PreemptLowerPriority");
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      if (!object.getOrDefault("value", 0L).equals(before.getOrDefault("value", 0L))) {
        errors.add(FieldError.forbidden("value", "may not be changed in an update."));
      }
      Checks.immutable(errors, object, before, "preemptionPolicy");
    }
  },
  RUNTIME_CLASS {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      if (Checks.text(object, "handler").isEmpty()) {
        errors.add(FieldError.required("handler", ""));
      } else {
        Checks.label(errors, "handler", Checks.text(object, "handler"));
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      Checks.immutable(errors, object, before, "handler");
    }
  },
  CSI_DRIVER {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          driver ->
              driver
                  .make("spec")
                  .orElse("attachRequired", true)
                  .orElse("podInfoOnMount", false)
                  .orElse("storageCapacity", false)
                  .orElse("requiresRepublish", false)
                  .orElse("seLinuxMount", false)
                  .orText("fsGroupPolicy", "ReadWriteOnceWithFSType")
                  .orElse("volumeLifecycleModes", List.of("Persistent")));
    }
  },
  POD_TEMPLATE {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(object, owner -> PodDefaults.template(owner, "template"));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      PodChecks.template(errors, "template", object.getOrDefault("template", Map.of()));
    }
  },
  CONTROLLER_REVISION {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      if (object.get("data") == null) {
        errors.add(FieldError.required("data", "data is mandatory"));
      }
      if (object.get("revision") instanceof Long revision && revision < 0) {
        errors.add(FieldError.invalid("revision", revision, "must be greater than or equal to 0"));
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      Checks.immutable(errors, object, before, "data");
    }
  };

  private static final long MAX_PRIORITY = 1_000_000_000;

  /** What is left over for Pods is all there is, unless said otherwise. */
  private static void fillNode(Draft node) {
    node.within(
        "status",
        status -> {
          status.replaceValues("capacity", Resources::canonical);
          status.replaceValues("allocatable", Resources::canonical);
          if (status.get("capacity") instanceof Map<?, ?> capacity) {
            status.orElse("allocatable", capacity);
          }
        });
  }
}
