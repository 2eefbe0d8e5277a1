package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills in and enforces what the LimitRanges of a namespace say of single objects. Stateless. */
public final class LimitRanges {
  private static final String PREFIX = "/core/limitranges/";
  private static final String PODS = "/core/pods/";
  private static final String CLAIMS = "/core/persistentvolumeclaims/";

  private LimitRanges() {}

  /** A new object, with the requests and limits that it gets by default. */
  public static Map<String, Object> withDefaults(
      Snapshot<Map<String, Object>> state,
      ResourceType type,
      String namespace,
      Map<String, Object> object) {
    if (!type.prefix().equals(PODS)) {
      return object;
    }
    Map<String, Object> pod = object;
    for (Entry<Map<String, Object>> range : ranges(state, namespace)) {
      pod = ContainerDefaults.of(limits(range)).fillIn(pod);
    }
    return pod;
  }

  /**
   * Checks an object that is about to be stored.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403
   */
  public static void check(Snapshot<Map<String, Object>> state, QuotaAdmission.Change change) {
    String prefix = change.type().prefix();
    boolean pod =
        prefix.equals(PODS)
            && (change.before() == null
                ? change.subresource().isEmpty()
                : change.subresource().equals("resize"));
    boolean claim = prefix.equals(CLAIMS) && change.subresource().isEmpty();
    Map<String, Object> before = change.before();
    boolean leaving =
        before != null && Values.at(before, "metadata", "deletionTimestamp").isPresent();
    if (leaving || (!pod && !claim)) {
      return;
    }
    for (Entry<Map<String, Object>> range : ranges(state, change.namespace())) {
      Set<String> problems = new LinkedHashSet<>();
      for (Object limit : limits(range)) {
        if (pod) {
          checkPod(problems, limit, change.after());
        } else {
          checkClaim(problems, limit, change.after());
        }
      }
      refuse(change.subject(), new ArrayList<>(problems));
    }
  }

  private static void checkPod(Set<String> problems, Object limit, Map<String, Object> pod) {
    switch (type(limit)) {
      case "Container" -> {
        List<Object> containers = new ArrayList<>(PodAmounts.containers(pod));
        containers.addAll(PodAmounts.initContainers(pod));
        for (Object container : containers) {
          new Bounds(limit)
              .check(problems, PodAmounts.requestsOf(container), PodAmounts.limitsOf(container));
        }
      }
      case "Pod" ->
          new Bounds(limit).check(problems, PodAmounts.requests(pod), PodAmounts.limits(pod));
      default -> {}
    }
  }

  private static void checkClaim(Set<String> problems, Object limit, Map<String, Object> claim) {
    if (type(limit).equals("PersistentVolumeClaim")) {
      new Bounds(limit)
          .checkRequests(
              problems, Amounts.of(Values.objectAt(claim, "spec", "resources", "requests")));
    }
  }

  private static void refuse(Subject subject, List<String> problems) {
    if (!problems.isEmpty()) {
      throw Refusals.forbidden(
          subject,
          problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]");
    }
  }

  private static Collection<Entry<Map<String, Object>>> ranges(
      Snapshot<Map<String, Object>> state, String namespace) {
    return state.list(PREFIX + namespace + "/");
  }

  private static List<Object> limits(Entry<Map<String, Object>> range) {
    return Values.listAt(range.value(), "spec", "limits");
  }

  static String type(Object limit) {
    return Values.string(limit, "type").orElse("");
  }
}
