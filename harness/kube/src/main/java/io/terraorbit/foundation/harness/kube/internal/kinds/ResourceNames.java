package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.List;
import java.util.Set;

/** The names of resources, and where each may be used. */
final class ResourceNames {
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");
  private static final Set<String> OF_QUOTAS =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  private ResourceNames() {}

  /** A name that a quota may limit. */
  static boolean checkOfQuota(List<FieldError> errors, String field, String name) {
    boolean fine = check(errors, field, name);
    if (!name.contains("/") && !ofQuota(name)) {
      errors.add(FieldError.invalid(field, name, "must be a standard resource for quota"));
      return false;
    }
    return fine;
  }

  /** A name that a container may request. */
  static void checkOfContainer(List<FieldError> errors, String field, String name) {
    check(errors, field, name);
    if (!name.contains("/")) {
      if (!OF_CONTAINERS.contains(name) && !name.startsWith("hugepages-")) {
        errors.add(FieldError.invalid(field, name, "must be a standard resource for containers"));
      }
    } else if (!isNative(name) && !extended(name)) {
      errors.add(FieldError.invalid(field, name, "doesn't follow extended resource name standard"));
    }
  }

  /** Any name of a resource. */
  static boolean check(List<FieldError> errors, String field, String name) {
    List<String> problems = Names.keyProblems(name);
    problems.forEach(problem -> errors.add(FieldError.invalid(field, name, problem)));
    if (!problems.isEmpty()) {
      return false;
    }
    if (!name.contains("/") && !ofQuota(name) && !name.equals("storage")) {
      errors.add(
          FieldError.invalid(field, name, "must be a standard resource type or fully qualified"));
      return false;
    }
    return true;
  }

  static boolean ofQuota(String name) {
    return OF_QUOTAS.contains(name)
        || COUNTED.contains(name)
        || name.startsWith("hugepages-")
        || name.startsWith("requests.hugepages-");
  }

  /** Whether there is only a whole number of it. */
  static boolean whole(String name) {
    return COUNTED.contains(name) || extended(name);
  }

  /** Whether the limits may be more than there is. */
  static boolean overcommitted(String name) {
    return isNative(name) && !name.startsWith("hugepages-");
  }

  private static boolean extended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Names.keyProblems("requests." + name).isEmpty();
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }
}
