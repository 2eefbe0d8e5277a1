package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps Pods with numbers: made from the lowest on, taken away from the highest on. */
final class StatefulSets implements Controller {
  /** Which template a Pod was made of. */
  static final String HASH = "controller-revision-hash";

  private static final String BY = "statefulset-controller";

  @Override
  public void reconcile(Objects objects, Map<String, Object> set, Alarm alarm) {
    String update = Fields.name(set) + "-" + hash(set);
    if (!Fields.deleting(set)) {
      boolean parallel = Fields.text(set, "spec", "podManagementPolicy").equals("Parallel");
      if (grow(objects, set, update, parallel, alarm) && shrink(objects, set, parallel)) {
        replace(objects, set, update, alarm);
      }
    }
    report(objects, set, update, alarm);
  }

  /** Makes what is missing; whether nothing is left to wait for. */
  private static boolean grow(
      Objects objects, Map<String, Object> set, String update, boolean parallel, Alarm alarm) {
    boolean settled = true;
    for (long i = first(set); i < first(set) + Fields.number(set, "spec", "replicas"); i++) {
      Optional<Map<String, Object>> pod = pod(objects, set, i);
      if (pod.isEmpty()) {
        claims(objects, set, i);
        if (objects.create(Kind.POD, made(set, i, update), BY).isPresent()) {
          alarm.at(objects.now().plus(RETRY));
        }
        settled = false;
      } else if (List.of("Failed", "Succeeded").contains(Pods.phase(pod.get()))
          && !Fields.deleting(pod.get())) {
        objects.delete(Kind.POD, pod.get(), BY);
        settled = false;
      } else if (!available(objects, set, pod.get(), alarm)) {
        settled = false;
      }
      if (!settled && !parallel) {
        return false;
      }
    }
    return settled || parallel;
  }

  /** Takes away what is too much; whether nothing is left to wait for. */
  private static boolean shrink(Objects objects, Map<String, Object> set, boolean parallel) {
    List<Map<String, Object>> excess = new ArrayList<>();
    long end = first(set) + Fields.number(set, "spec", "replicas");
    for (Map<String, Object> pod : pods(objects, set)) {
      if (ordinal(pod) >= end || ordinal(pod) < first(set)) {
        excess.add(0, pod);
      }
    }
    for (Map<String, Object> pod : excess) {
      if (!Fields.deleting(pod)) {
        objects.delete(Kind.POD, pod, BY);
      }
      if (!parallel) {
        return false;
      }
    }
    return excess.isEmpty();
  }

  /** Lets the highest Pod of an old template go, once all above it are new and well. */
  private static void replace(
      Objects objects, Map<String, Object> set, String update, Alarm alarm) {
    if (Fields.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
      return;
    }
    long partition = Fields.number(set, "spec", "updateStrategy", "rollingUpdate", "partition");
    List<Map<String, Object>> pods = pods(objects, set);
    for (int i = pods.size() - 1; i >= 0; i--) {
      Map<String, Object> pod = pods.get(i);
      if (ordinal(pod) < partition) {
        return;
      }
      if (!update.equals(Fields.labels(pod).get(HASH))) {
        if (!Fields.deleting(pod)) {
          objects.delete(Kind.POD, pod, BY);
        }
        return;
      }
      if (!available(objects, set, pod, alarm)) {
        return;
      }
    }
  }

  private static boolean available(
      Objects objects, Map<String, Object> set, Map<String, Object> pod, Alarm alarm) {
    long minReady = Fields.number(set, "spec", "minReadySeconds");
    if (Fields.deleting(pod) || !Pods.ready(pod)) {
      return false;
    }
    boolean available = Pods.available(pod, minReady, objects.now());
    if (!available) {
      alarm.at(Pods.readyAt(pod, minReady));
    }
    return available;
  }

  private static long first(Map<String, Object> set) {
    return Fields.number(set, "spec", "ordinals", "start");
  }

  private static Optional<Map<String, Object>> pod(
      Objects objects, Map<String, Object> set, long ordinal) {
    return objects
        .find(Kind.POD, Fields.namespace(set), Fields.name(set) + "-" + ordinal)
        .filter(pod -> Fields.controlledBy(pod, set));
  }

  /** By their numbers. */
  private static List<Map<String, Object>> pods(Objects objects, Map<String, Object> set) {
    return objects.owned(Kind.POD, Fields.uid(set)).stream()
        .filter(pod -> Fields.controlledBy(pod, set) && ordinal(pod) >= 0)
        .sorted(java.util.Comparator.comparingLong(StatefulSets::ordinal))
        .toList();
  }

  private static long ordinal(Map<String, Object> pod) {
    String number = Fields.name(pod).substring(Fields.name(pod).lastIndexOf('-') + 1);
    return number.matches("\\d{1,9}") ? Long.parseLong(number) : -1;
  }

  private static Map<String, Object> made(Map<String, Object> set, long ordinal, String update) {
    String name = Fields.name(set) + "-" + ordinal;
    Map<String, Object> pod = Pods.of(Kind.STATEFUL_SET, set, Map.entry("name", name));
    pod = Values.with(pod, name, "metadata", "labels", "statefulset.kubernetes.io/pod-name");
    pod =
        Values.with(
            pod, String.valueOf(ordinal), "metadata", "labels", "apps.kubernetes.io/pod-index");
    pod = Values.with(pod, revision(set, ordinal, update), "metadata", "labels", HASH);
    pod = Values.with(pod, name, "spec", "hostname");
    String service = Fields.text(set, "spec", "serviceName");
    if (!service.isEmpty()) {
      pod = Values.with(pod, service, "spec", "subdomain");
    }
    List<Object> volumes = new ArrayList<>(Values.listAt(pod, "spec", "volumes"));
    for (Object template : Values.listAt(set, "spec", "volumeClaimTemplates")) {
      String claim = Values.string(template, "metadata", "name").orElse("");
      volumes.removeIf(volume -> Values.string(volume, "name").orElse("").equals(claim));
      volumes.add(
          Fields.members(
              "name", claim, "persistentVolumeClaim", Map.of("claimName", claim + "-" + name)));
    }
    return volumes.isEmpty() ? pod : Values.with(pod, volumes, "spec", "volumes");
  }

  /** Below the partition a Pod is said to be of the old template, as long as there is one. */
  private static String revision(Map<String, Object> set, long ordinal, String update) {
    long partition = Fields.number(set, "spec", "updateStrategy", "rollingUpdate", "partition");
    String current = Fields.text(set, "status", "currentRevision");
    return ordinal < partition && !current.isEmpty() ? current : update;
  }

  private static void claims(Objects objects, Map<String, Object> set, long ordinal) {
    for (Object template : Values.listAt(set, "spec", "volumeClaimTemplates")) {
      String name =
          "%s-%s-%d"
              .formatted(
                  Values.string(template, "metadata", "name").orElse(""),
                  Fields.name(set),
                  ordinal);
      if (objects.find(Kind.CLAIM, Fields.namespace(set), name).isPresent()) {
        continue;
      }
      Map<String, Object> claim = new LinkedHashMap<>();
      claim.put("apiVersion", Kind.CLAIM.apiVersion());
      claim.put("kind", Kind.CLAIM.kind());
      Map<String, Object> metadata = new LinkedHashMap<>(Values.objectAt(template, "metadata"));
      metadata.put("name", name);
      metadata.put("namespace", Fields.namespace(set));
      metadata.put("labels", Values.objectAt(set, "spec", "selector", "matchLabels"));
      claim.put("metadata", metadata);
      claim.put("spec", Values.objectAt(template, "spec"));
      objects.create(Kind.CLAIM, claim, BY);
    }
  }

  private static String hash(Map<String, Object> set) {
    return TemplateHash.of(
        Values.objectAt(set, "spec", "template"), Fields.number(set, "status", "collisionCount"));
  }

  private static void report(Objects objects, Map<String, Object> set, String update, Alarm alarm) {
    List<Map<String, Object>> pods = pods(objects, set).stream().filter(Pods::active).toList();
    long updated = pods.stream().filter(pod -> update.equals(Fields.labels(pod).get(HASH))).count();
    String said = Fields.text(set, "status", "currentRevision");
    boolean done = updated == pods.size() && pods.size() == Fields.number(set, "spec", "replicas");
    String current = said.isEmpty() || done ? update : said;
    long available = pods.stream().filter(pod -> available(objects, set, pod, alarm)).count();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("observedGeneration", Fields.number(set, "metadata", "generation"));
    status.put("replicas", (long) pods.size());
    status.putAll(
        Fields.members(
            "readyReplicas", pods.stream().filter(Pods::ready).count(),
            "currentReplicas",
                pods.stream().filter(pod -> current.equals(Fields.labels(pod).get(HASH))).count(),
            "updatedReplicas", updated));
    status.put("availableReplicas", available);
    status.put("currentRevision", current);
    status.put("updateRevision", update);
    status.put("collisionCount", Fields.number(set, "status", "collisionCount"));
    if (!status.equals(Values.objectAt(set, "status"))) {
      objects.updateStatus(Kind.STATEFUL_SET, Values.with(set, status, "status"), BY);
    }
  }
}
