package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts Pods and what they request and are limited to, as long as they are not at their end. */
record PodCounting(InstantSource time) implements Counting {
  private static final String PODS = "pods";
  private static final String REQUESTS = "requests.";
  private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> NAMES =
      Set.of(
          ObjectCounting.name(PODS),
          PODS,
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  /** Every container has to say how much of these it takes, where a quota counts them. */
  private static final Set<String> DEMANDED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  @Override
  public boolean counts(String resource) {
    return NAMES.contains(resource)
        || resource.startsWith("hugepages-")
        || resource.startsWith(REQUESTS + "hugepages-")
        || (resource.startsWith(REQUESTS) && !isNative(resource));
  }

  @Override
  public Amounts usage(Map<String, Object> pod) {
    Amounts counted = Amounts.NONE.with(ObjectCounting.name(PODS), Quantity.ONE);
    return ended(pod)
        ? counted
        : counted
            .with(PODS, Quantity.ONE)
            .plus(named(PodAmounts.heldRequests(pod), PodAmounts.heldLimits(pod)));
  }

  @Override
  public boolean inScope(Scope scope, Map<String, Object> pod) {
    return switch (scope.name()) {
      case "Terminating" -> hasDeadline(pod);
      case "NotTerminating" -> !hasDeadline(pod);
      case "BestEffort" -> bestEffort(pod);
      case "NotBestEffort" -> !bestEffort(pod);
      case "PriorityClass" ->
          scope.selects(
              Values.string(pod, "spec", "priorityClassName")
                  .filter(name -> !name.isEmpty())
                  .map(Set::of)
                  .orElse(Set.of()));
      case "CrossNamespacePodAffinity" -> reachesOtherNamespaces(pod);
      default -> false;
    };
  }

  @Override
  public boolean onUpdate(String subresource) {
    return subresource.equals("resize");
  }

  @Override
  public Optional<String> missing(Set<String> resources, Map<String, Object> pod) {
    Map<String, Set<String>> missing = new TreeMap<>();
    List<Object> containers = new ArrayList<>(PodAmounts.containers(pod));
    containers.addAll(PodAmounts.initContainers(pod));
    for (Object container : containers) {
      Amounts said = named(PodAmounts.requestsOf(container), PodAmounts.limitsOf(container));
      for (String resource : resources) {
        if (DEMANDED.contains(resource) && said.find(resource).isEmpty()) {
          missing
              .computeIfAbsent(resource, name -> new TreeSet<>())
              .add(Values.string(container, "name").orElse(""));
        }
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing.entrySet().stream()
                .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
                .collect(Collectors.joining("; ", "must specify ", "")));
  }

  /** Whether the Pod counts no longer: it has ended, or should be gone for as long as its grace. */
  boolean ended(Map<String, Object> pod) {
    String phase = Values.string(pod, "status", "phase").orElse("");
    return phase.equals("Failed") || phase.equals("Succeeded") || overdue(pod);
  }

  /** Whether the Pod stopped counting by the clock alone, which no event tells. */
  boolean overdue(Map<String, Object> pod) {
    String deletion = Values.string(pod, "metadata", "deletionTimestamp").orElse("");
    if (deletion.isEmpty()
        || !(Values.at(pod, "metadata", "deletionGracePeriodSeconds").orElse(null)
            instanceof Long grace)) {
      return false;
    }
    try {
      return time.instant().isAfter(Instant.parse(deletion).plusSeconds(grace));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Requests and limits under the names that quotas have for them. */
  private static Amounts named(Amounts requests, Amounts limits) {
    Amounts named = Amounts.NONE;
    for (Map.Entry<String, Quantity> request : requests.byName().entrySet()) {
      String name = request.getKey();
      if (COMPUTE.contains(name) || name.startsWith("hugepages-")) {
        named = named.with(name, request.getValue());
        named = named.with(REQUESTS + name, request.getValue());
      } else if (!isNative(name) && !name.startsWith(REQUESTS)) {
        named = named.with(REQUESTS + name, request.getValue());
      }
    }
    for (String name : COMPUTE) {
      Quantity limit = limits.find(name).orElse(null);
      if (limit != null) {
        named = named.with("limits." + name, limit);
      }
    }
    return named;
  }

  private static boolean isNative(String resource) {
    return !resource.contains("/")
        || (resource.contains("kubernetes.io/")
            && !resource.contains("deviceclass.resource.kubernetes.io/"));
  }

  private static boolean hasDeadline(Map<String, Object> pod) {
    return Values.at(pod, "spec", "activeDeadlineSeconds").orElse(-1L) instanceof Long seconds
        && seconds >= 0;
  }

  private static boolean bestEffort(Map<String, Object> pod) {
    String known = Values.string(pod, "status", "qosClass").orElse("");
    if (!known.isEmpty()) {
      return known.equals("BestEffort");
    }
    List<Object> asking = new ArrayList<>();
    if (Values.objectAt(pod, "spec", "resources").isEmpty()) {
      asking.addAll(PodAmounts.containers(pod));
      asking.addAll(PodAmounts.initContainers(pod));
    } else {
      asking.add(Values.objectAt(pod, "spec"));
    }
    return asking.stream()
        .map(one -> PodAmounts.requestsOf(one).max(PodAmounts.limitsOf(one)))
        .allMatch(amounts -> amounts.only(List.of("cpu", "memory")).withoutZeros().isEmpty());
  }

  private static boolean reachesOtherNamespaces(Map<String, Object> pod) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      Map<String, Object> affinity = Values.objectAt(pod, "spec", "affinity", kind);
      List<Object> terms =
          new ArrayList<>(
              Values.listAt(affinity, "requiredDuringSchedulingIgnoredDuringExecution"));
      Values.listAt(affinity, "preferredDuringSchedulingIgnoredDuringExecution")
          .forEach(weighted -> terms.add(Values.objectAt(weighted, "podAffinityTerm")));
      if (terms.stream().anyMatch(PodCounting::namesNamespaces)) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesNamespaces(Object term) {
    return !Values.listAt(term, "namespaces").isEmpty()
        || Values.at(term, "namespaceSelector").isPresent();
  }
}
