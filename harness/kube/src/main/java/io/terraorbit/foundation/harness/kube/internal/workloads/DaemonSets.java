package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps one Pod on every node that takes it. */
final class DaemonSets implements Controller {
  private static final String BY = "daemon-set-controller";
  private static final List<String> TOLERATED =
      List.of(
          "node.kubernetes.io/not-ready:NoExecute",
          "node.kubernetes.io/unreachable:NoExecute",
          "node.kubernetes.io/disk-pressure:NoSchedule",
          "node.kubernetes.io/memory-pressure:NoSchedule",
          "node.kubernetes.io/pid-pressure:NoSchedule",
          "node.kubernetes.io/unschedulable:NoSchedule");

  @Override
  public void reconcile(Objects objects, Map<String, Object> set, Alarm alarm) {
    if (!Fields.deleting(set)) {
      List<Map<String, Object>> nodes = objects.list(Kind.NODE, "");
      String hash = hash(set);
      for (Map<String, Object> node : nodes) {
        keep(objects, set, node, hash, alarm);
      }
      for (Map<String, Object> pod : pods(objects, set)) {
        boolean stays =
            nodes.stream().anyMatch(node -> Nodes.on(pod, Fields.name(node)) && wants(set, node));
        if (!stays || Pods.phase(pod).equals("Failed")) {
          objects.delete(Kind.POD, pod, BY);
        }
      }
      replace(objects, set, hash);
    }
    report(objects, set, alarm);
  }

  private static void keep(
      Objects objects,
      Map<String, Object> set,
      Map<String, Object> node,
      String hash,
      Alarm alarm) {
    String name = Fields.name(node);
    if (!wants(set, node) || pods(objects, set).stream().anyMatch(pod -> Nodes.on(pod, name))) {
      return;
    }
    Map<String, Object> pod =
        Pods.of(Kind.DAEMON_SET, set, Map.entry("generateName", Fields.name(set) + "-"));
    pod = Values.with(pod, hash, "metadata", "labels", StatefulSets.HASH);
    pod = Values.with(pod, tolerations(pod), "spec", "tolerations");
    pod = Values.with(pod, name, "spec", "nodeName");
    if (objects.create(Kind.POD, pod, BY).isPresent()) {
      alarm.at(objects.now().plus(RETRY));
    }
  }

  /** Lets Pods of an old template go, as many at a time as may be missing. */
  private static void replace(Objects objects, Map<String, Object> set, String hash) {
    if (Fields.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
      return;
    }
    List<Map<String, Object>> pods = pods(objects, set);
    long wanted = objects.list(Kind.NODE, "").stream().filter(node -> wants(set, node)).count();
    Object most =
        Values.at(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable").orElse(1L);
    long room =
        Math.max(1, Strategy.share(most, wanted, true))
            - (wanted - pods.stream().filter(Pods::ready).count());
    for (Map<String, Object> pod : pods) {
      boolean old = !hash.equals(Fields.labels(pod).get(StatefulSets.HASH));
      if (old && (room > 0 || !Pods.ready(pod))) {
        objects.delete(Kind.POD, pod, BY);
        room--;
      }
    }
  }

  private static List<Object> tolerations(Map<String, Object> pod) {
    List<Object> all = new ArrayList<>(Values.listAt(pod, "spec", "tolerations"));
    for (String tolerated : TOLERATED) {
      int colon = tolerated.indexOf(':');
      all.add(
          Fields.members(
              "key", tolerated.substring(0, colon),
              "operator", "Exists",
              "effect", tolerated.substring(colon + 1)));
    }
    return all;
  }

  /** Whether a node is to have a Pod; a cordon does not keep it away. */
  private static boolean wants(Map<String, Object> set, Map<String, Object> node) {
    Map<String, Object> pod = Values.objectAt(set, "spec", "template");
    return Nodes.takes(
        Values.without(node, "spec", "unschedulable"),
        Values.with(pod, tolerations(pod), "spec", "tolerations"));
  }

  private static List<Map<String, Object>> pods(Objects objects, Map<String, Object> set) {
    return objects.owned(Kind.POD, Fields.uid(set)).stream()
        .filter(pod -> Fields.controlledBy(pod, set) && !Fields.deleting(pod))
        .toList();
  }

  private static String hash(Map<String, Object> set) {
    return TemplateHash.of(
        Values.objectAt(set, "spec", "template"), Fields.number(set, "status", "collisionCount"));
  }

  private static void report(Objects objects, Map<String, Object> set, Alarm alarm) {
    List<Map<String, Object>> pods = pods(objects, set);
    String hash = hash(set);
    long wanted = objects.list(Kind.NODE, "").stream().filter(node -> wants(set, node)).count();
    long minReady = Fields.number(set, "spec", "minReadySeconds");
    long available =
        pods.stream().filter(pod -> Pods.available(pod, minReady, objects.now())).count();
    pods.stream()
        .filter(pod -> Pods.ready(pod) && !Pods.available(pod, minReady, objects.now()))
        .forEach(pod -> alarm.at(Pods.readyAt(pod, minReady)));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("currentNumberScheduled", (long) pods.size());
    status.put("numberMisscheduled", 0L);
    status.put("desiredNumberScheduled", wanted);
    status.put("numberReady", pods.stream().filter(Pods::ready).count());
    status.putAll(
        Fields.members(
            "observedGeneration",
            Fields.number(set, "metadata", "generation"),
            "updatedNumberScheduled",
            pods.stream()
                .filter(pod -> hash.equals(Fields.labels(pod).get(StatefulSets.HASH)))
                .count(),
            "numberAvailable",
            available,
            "numberUnavailable",
            Math.max(0, wanted - available)));
    if (!status.equals(Values.objectAt(set, "status"))) {
      objects.updateStatus(Kind.DAEMON_SET, Values.with(set, status, "status"), BY);
    }
  }
}
