package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps as many Pods as a ReplicaSet wants. */
final class ReplicaSets implements Controller {
  private static final String BY = "replicaset-controller";
  private static final Comparator<Map<String, Object>> LEAST_USEFUL_FIRST =
      Comparator.<Map<String, Object>, Boolean>comparing(
              pod -> !Fields.text(pod, "spec", "nodeName").isEmpty())
          .thenComparing(pod -> Pods.phase(pod).equals("Running"))
          .thenComparing(Pods::ready)
          .thenComparing(
              pod -> Fields.text(pod, "metadata", "creationTimestamp"), Comparator.reverseOrder())
          .thenComparing(Fields::name);

  @Override
  public void reconcile(Objects objects, Map<String, Object> set, Alarm alarm) {
    List<Map<String, Object>> pods = pods(objects, set);
    Optional<String> problem = Optional.empty();
    if (!Fields.deleting(set)) {
      long missing = Fields.number(set, "spec", "replicas") - pods.size();
      long most = objects.counted(Fields.namespace(set)) ? Math.min(1, missing) : missing;
      for (long i = 0; i < most && problem.isEmpty(); i++) {
        Map<String, Object> pod =
            Pods.of(Kind.REPLICA_SET, set, Map.entry("generateName", Fields.name(set) + "-"));
        problem = objects.create(Kind.POD, pod, BY);
      }
      pods.stream()
          .sorted(LEAST_USEFUL_FIRST)
          .limit(Math.max(0, -missing))
          .forEach(pod -> objects.delete(Kind.POD, pod, BY));
    }
    if (problem.isPresent()) {
      alarm.at(objects.now().plus(RETRY));
    }
    report(objects, set, problem, alarm);
  }

  private static List<Map<String, Object>> pods(Objects objects, Map<String, Object> set) {
    return objects.owned(Kind.POD, Fields.uid(set)).stream()
        .filter(pod -> Pods.active(pod) && Fields.controlledBy(pod, set))
        .toList();
  }

  private static void report(
      Objects objects, Map<String, Object> set, Optional<String> problem, Alarm alarm) {
    List<Map<String, Object>> pods = pods(objects, set);
    long minReady = Fields.number(set, "spec", "minReadySeconds");
    pods.stream()
        .filter(pod -> Pods.ready(pod) && !Pods.available(pod, minReady, objects.now()))
        .forEach(pod -> alarm.at(Pods.readyAt(pod, minReady)));
    Map<String, Object> labels = Values.objectAt(set, "spec", "template", "metadata", "labels");
    Map<String, Object> status =
        Fields.members(
            "fullyLabeledReplicas",
            pods.stream()
                .filter(pod -> Fields.labels(pod).entrySet().containsAll(labels.entrySet()))
                .count(),
            "readyReplicas",
            pods.stream().filter(Pods::ready).count(),
            "availableReplicas",
            pods.stream().filter(pod -> Pods.available(pod, minReady, objects.now())).count(),
            "observedGeneration",
            Fields.number(set, "metadata", "generation"));
    status.put("replicas", (long) pods.size());
    problem.ifPresent(
        why -> status.put("conditions", List.of(failure(set, why, objects.now().toString()))));
    if (!status.equals(Values.objectAt(set, "status"))) {
      objects.updateStatus(Kind.REPLICA_SET, Values.with(set, status, "status"), BY);
    }
  }

  private static Map<String, Object> failure(Map<String, Object> set, String why, String now) {
    Map<String, Object> last = Fields.condition(set, "ReplicaFailure");
    if (!last.isEmpty()) {
      return last; // why names a Pod that is another at each try, and must not be news each time
    }
    return Fields.members(
        "type", "ReplicaFailure",
        "status", "True",
        "lastTransitionTime", now,
        "reason", "FailedCreate",
        "message", why);
  }
}
