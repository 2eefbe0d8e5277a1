package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts Pods on nodes: on the one with the fewest that takes them. It looks at cordons, taints, node
 * selectors and nothing else.
 */
final class Nodes {
  private static final String SCHEDULER = "default-scheduler";
  private static final String BY = "kube-scheduler";

  private Nodes() {}

  /** Whether a Pod waits for a node, and for nobody else to choose it. */
  static boolean waits(Map<String, Object> pod) {
    return Fields.text(pod, "spec", "nodeName").isEmpty()
        && Pods.active(pod)
        && Fields.text(pod, "spec", "schedulerName").equals(SCHEDULER)
        && Values.listAt(pod, "spec", "schedulingGates").isEmpty();
  }

  static boolean on(Map<String, Object> pod, String node) {
    return Fields.text(pod, "spec", "nodeName").equals(node);
  }

  static void place(Objects objects, Map<String, Object> pod) {
    List<Map<String, Object>> nodes = objects.list(Kind.NODE, "");
    Map<String, Long> load = new HashMap<>();
    for (Map<String, Object> other : objects.list(Kind.POD, "")) {
      load.merge(Fields.text(other, "spec", "nodeName"), 1L, Long::sum);
    }
    Optional<Map<String, Object>> node =
        nodes.stream()
            .filter(each -> takes(each, pod))
            .min(
                Comparator.<Map<String, Object>>comparingLong(
                        each -> load.getOrDefault(Fields.name(each), 0L))
                    .thenComparing(Fields::name));
    if (node.isPresent()) {
      objects.bind(pod, Fields.name(node.get()), BY);
      return;
    }
    Map<String, Object> condition =
        Fields.members(
            "type", "PodScheduled",
            "status", "False",
            "lastTransitionTime", objects.now().toString(),
            "reason", "Unschedulable",
            "message", "0/%d nodes are available.".formatted(nodes.size()));
    Map<String, Object> last = Fields.condition(pod, "PodScheduled");
    if (!Values.without(last, "lastTransitionTime")
        .equals(Values.without(condition, "lastTransitionTime"))) {
      List<Object> conditions =
          Fields.withCondition(Values.listAt(pod, "status", "conditions"), condition);
      objects.updateStatus(Kind.POD, Values.with(pod, conditions, "status", "conditions"), BY);
    }
  }

  /** Whether a node takes a Pod. */
  static boolean takes(Map<String, Object> node, Map<String, Object> pod) {
    return !Values.at(node, "spec", "unschedulable").orElse(false).equals(true)
        && Fields.labels(node)
            .entrySet()
            .containsAll(Values.objectAt(pod, "spec", "nodeSelector").entrySet())
        && Values.listAt(node, "spec", "taints").stream()
            .allMatch(taint -> tolerated(taint, Values.listAt(pod, "spec", "tolerations")));
  }

  private static boolean tolerated(Object taint, List<Object> tolerations) {
    return Values.string(taint, "effect").orElse("").equals("PreferNoSchedule")
        || tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint));
  }

  private static boolean tolerates(Object toleration, Object taint) {
    String effect = Values.string(toleration, "effect").orElse("");
    String key = Values.string(toleration, "key").orElse("");
    boolean exists = Values.string(toleration, "operator").orElse("Equal").equals("Exists");
    return (effect.isEmpty() || effect.equals(Values.string(taint, "effect").orElse("")))
        && (key.isEmpty() ? exists : key.equals(Values.string(taint, "key").orElse("")))
        && (exists
            || Values.string(toleration, "value")
                .orElse("")
                .equals(Values.string(taint, "value").orElse("")));
  }
}
