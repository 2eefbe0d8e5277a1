package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the specification of a Pod, alone or in a template. */
final class PodChecks {
  /** In the order in which the real server looks for them. */
  private static final List<String> VOLUME_TYPES =
      List.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");

  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  private PodChecks() {}

  /** The template below {@code path}: labels and specification. */
  static void template(List<FieldError> errors, String path, Object template) {
    Checks.labels(errors, path + ".labels", Values.objectAt(template, "metadata", "labels"));
    specification(errors, path + ".spec", Values.objectAt(template, "spec"));
  }

  static void specification(List<FieldError> errors, String path, Map<String, Object> spec) {
    Set<String> volumes = volumes(errors, path + ".volumes", Values.listAt(spec, "volumes"));
    if (Values.listAt(spec, "containers").isEmpty()) {
      errors.add(FieldError.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    boolean hostNetwork = Boolean.TRUE.equals(spec.get("hostNetwork"));
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      List<Object> containers = Values.listAt(spec, list);
      for (int i = 0; i < containers.size(); i++) {
        String at = "%s.%s[%d]".formatted(path, list, i);
        ContainerChecks checks = new ContainerChecks(errors, at, volumes, hostNetwork);
        checks.container(containers.get(i), list, names);
      }
    }
    hostPorts(errors, path, Values.listAt(spec, "containers"));
    Checks.oneOf(
        errors, path + ".restartPolicy", spec.get("restartPolicy"), "Always", "OnFailure", "Never");
    Checks.oneOf(
        errors,
        path + ".dnsPolicy",
        spec.get("dnsPolicy"),
        "ClusterFirstWithHostNet",
        "ClusterFirst",
        "Default",
        "None");
    Checks.notNegative(errors, path, spec, "terminationGracePeriodSeconds");
    Checks.labels(errors, path + ".nodeSelector", Values.objectAt(spec, "nodeSelector"));
    if (!Checks.text(spec, "serviceAccountName").isEmpty()) {
      Checks.subdomain(
          errors, path + ".serviceAccountName", Checks.text(spec, "serviceAccountName"));
    }
    if (!Checks.text(spec, "hostname").isEmpty()) {
      Checks.label(errors, path + ".hostname", Checks.text(spec, "hostname"));
    }
    if (spec.get("activeDeadlineSeconds") instanceof Long deadline
        && (deadline < 1 || deadline > MAX_SECONDS)) {
      errors.add(
          FieldError.invalid(
              path + ".activeDeadlineSeconds",
              deadline,
              "must be between 1 and 2147483647, inclusive"));
    }
    List<Object> tolerations = Values.listAt(spec, "tolerations");
    for (int i = 0; i < tolerations.size(); i++) {
      toleration(errors, "%s.tolerations[%d]".formatted(path, i), tolerations.get(i));
    }
  }

  private static void toleration(List<FieldError> errors, String path, Object toleration) {
    String key = Checks.text(toleration, "key");
    String operator = Checks.text(toleration, "operator");
    if (key.isEmpty() && !operator.equals("Exists")) {
      errors.add(
          FieldError.invalid(
              path + ".operator",
              operator,
              "operator must be Exists when `key` is empty, which means \"match all values and"
                  + " all keys\""));
    }
    Checks.oneOf(errors, path + ".operator", operator, "Equal", "Exists");
    if (operator.equals("Exists") && !Checks.text(toleration, "value").isEmpty()) {
      errors.add(
          FieldError.invalid(
              path + ".operator", toleration, "value must be empty when `operator` is 'Exists'"));
    }
    Checks.oneOf(
        errors,
        path + ".effect",
        Checks.text(toleration, "effect"),
        "NoSchedule",
        "PreferNoSchedule",
        "NoExecute");
  }

  /** The names of the volumes. */
  private static Set<String> volumes(List<FieldError> errors, String path, List<Object> volumes) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < volumes.size(); i++) {
      String at = "%s[%d]".formatted(path, i);
      Map<String, Object> volume =
          volumes.get(i) instanceof Map<?, ?> map ? Values.object(map) : Map.of();
      long sources = volume.keySet().stream().filter(name -> !name.equals("name")).count();
      if (sources == 0) {
        errors.add(FieldError.required(at, "must specify a volume type"));
      }
      if (sources > 1) {
        volume.keySet().stream()
            .filter(name -> !name.equals("name"))
            .sorted(Comparator.comparing(VOLUME_TYPES::indexOf))
            .skip(1)
            .forEach(
                name ->
                    errors.add(
                        FieldError.forbidden(
                            at + "." + name, "may not specify more than 1 volume type")));
      }
      if (Checks.required(errors, at, volume, "name")) {
        Checks.label(errors, at + ".name", Checks.text(volume, "name"));
        Checks.once(errors, at + ".name", Checks.text(volume, "name"), names);
      }
    }
    return names;
  }

  private static void hostPorts(List<FieldError> errors, String path, List<Object> containers) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      List<Object> ports = Values.listAt(containers.get(i), "ports");
      for (int j = 0; j < ports.size(); j++) {
        if (Values.at(ports.get(j), "hostPort").orElse(null) instanceof Long port && port > 0) {
          String used =
              "%s/%s/%d"
                  .formatted(
                      Checks.text(ports.get(j), "protocol"),
                      Checks.text(ports.get(j), "hostIP"),
                      port);
          Checks.once(
              errors, "%s.containers[%d].ports[%d].hostPort".formatted(path, i, j), used, seen);
        }
      }
    }
  }
}
