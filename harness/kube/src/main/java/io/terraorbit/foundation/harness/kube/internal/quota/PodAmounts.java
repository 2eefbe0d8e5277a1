package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a Pod as a whole requests and is limited to.
 *
 * <p>Containers run side by side, so they add up. Init containers run one after the other before
 * them, so the greatest counts, on top of those sidecars that were started before it.
 */
final class PodAmounts {
  private PodAmounts() {}

  /** The requests that the specification makes. */
  static Amounts requests(Map<String, Object> pod) {
    return total(pod, "requests", PodAmounts::requestsOf);
  }

  /** The limits that the specification sets. */
  static Amounts limits(Map<String, Object> pod) {
    return total(pod, "limits", PodAmounts::limitsOf);
  }

  /** The requests, with what containers still hold while they are resized, and the overhead. */
  static Amounts heldRequests(Map<String, Object> pod) {
    Map<String, Object> status = Values.objectAt(pod, "status");
    return total(pod, "requests", container -> requestsOf(container).max(held(status, container)))
        .plus(overhead(pod));
  }

  /** The limits, with the overhead of those resources that are limited. */
  static Amounts heldLimits(Map<String, Object> pod) {
    Amounts limits = limits(pod);
    return limits.plus(overhead(pod).only(limits.withoutZeros()));
  }

  static Amounts requestsOf(Object container) {
    return Amounts.of(Values.objectAt(container, "resources", "requests"));
  }

  static Amounts limitsOf(Object container) {
    return Amounts.of(Values.objectAt(container, "resources", "limits"));
  }

  static List<Object> containers(Map<String, Object> pod) {
    return Values.listAt(pod, "spec", "containers");
  }

  static List<Object> initContainers(Map<String, Object> pod) {
    return Values.listAt(pod, "spec", "initContainers");
  }

  private static Amounts total(
      Map<String, Object> pod, String member, Function<Object, Amounts> amounts) {
    Amounts running = Amounts.NONE;
    for (Object container : containers(pod)) {
      running = running.plus(amounts.apply(container));
    }
    Amounts sidecars = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (Object container : initContainers(pod)) {
      Amounts own = amounts.apply(container);
      if (Values.string(container, "restartPolicy").filter("Always"::equals).isPresent()) {
        running = running.plus(own);
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(own.plus(sidecars));
      }
    }
    return overridden(pod, member, running.max(starting));
  }

  /** Where the Pod itself says how much of something, its containers no longer matter. */
  private static Amounts overridden(Map<String, Object> pod, String member, Amounts total) {
    Amounts result = total;
    for (Map.Entry<String, Quantity> own :
        Amounts.of(Values.objectAt(pod, "spec", "resources", member)).byName().entrySet()) {
      String name = own.getKey();
      if (name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-")) {
        result = result.with(name, own.getValue());
      }
    }
    return result;
  }

  private static Amounts held(Map<String, Object> status, Object container) {
    String name = Values.string(container, "name").orElse("");
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (Object reported : Values.listAt(status, list)) {
        if (name.equals(Values.string(reported, "name").orElse(""))) {
          return requestsOf(reported)
              .max(Amounts.of(Values.objectAt(reported, "allocatedResources")));
        }
      }
    }
    return Amounts.NONE;
  }

  private static Amounts overhead(Map<String, Object> pod) {
    return Amounts.of(Values.objectAt(pod, "spec", "overhead"));
  }
}
