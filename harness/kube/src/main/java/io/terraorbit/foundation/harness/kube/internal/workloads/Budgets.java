package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts how many of the Pods that a PodDisruptionBudget covers may go. */
final class Budgets implements Controller {
  private static final String BY = "disruption-controller";
  private static final Duration BELIEVED = Duration.ofMinutes(2);
  private static final Map<String, Kind> SCALED =
      Map.of(
          Kind.REPLICA_SET.kind(), Kind.REPLICA_SET,
          Kind.STATEFUL_SET.kind(), Kind.STATEFUL_SET);

  static boolean covers(Map<String, Object> budget, Map<String, Object> pod) {
    return LabelSelector.of(Values.at(budget, "spec", "selector").orElse(null))
        .map(selector -> selector.matches(Fields.labels(pod)))
        .orElse(false);
  }

  @Override
  public void reconcile(Objects objects, Map<String, Object> budget, Alarm alarm) {
    if (Fields.deleting(budget)) {
      return;
    }
    List<Map<String, Object>> pods =
        objects.list(Kind.POD, Fields.namespace(budget)).stream()
            .filter(pod -> covers(budget, pod) && Pods.active(pod))
            .toList();
    long expected = expected(objects, budget, pods);
    long desired = desired(budget, expected);
    Map<String, Object> going = going(objects, budget, alarm);
    long healthy =
        pods.stream()
            .filter(pod -> Pods.ready(pod) && !going.containsKey(Fields.name(pod)))
            .count();
    long allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("observedGeneration", Fields.number(budget, "metadata", "generation"));
    if (!going.isEmpty()) {
      status.put("disruptedPods", going);
    }
    status.put("disruptionsAllowed", allowed);
    status.put("currentHealthy", healthy);
    status.put("desiredHealthy", desired);
    status.put("expectedPods", expected);
    status.put("conditions", conditions(budget, allowed > 0, objects.now()));
    if (!status.equals(Values.objectAt(budget, "status"))) {
      objects.updateStatus(Kind.BUDGET, Values.with(budget, status, "status"), BY);
    }
  }

  /** How many Pods there should be: as their controllers say, where these scale. */
  private static long expected(
      Objects objects, Map<String, Object> budget, List<Map<String, Object>> pods) {
    Object least = Values.at(budget, "spec", "minAvailable").orElse(null);
    if (least instanceof Long) {
      return pods.size();
    }
    return pods.stream()
        .flatMap(pod -> Fields.controller(pod).stream())
        .distinct()
        .mapToLong(
            owner ->
                Optional.ofNullable(SCALED.get(Values.string(owner, "kind").orElse("")))
                    .flatMap(
                        kind ->
                            objects.find(
                                kind,
                                Fields.namespace(budget),
                                Values.string(owner, "name").orElse("")))
                    .map(set -> Fields.number(set, "spec", "replicas"))
                    .orElse(0L))
        .sum();
  }

  private static long desired(Map<String, Object> budget, long expected) {
    Optional<Object> least = Values.at(budget, "spec", "minAvailable");
    if (least.isPresent()) {
      return Strategy.share(least.get(), expected, true);
    }
    return Values.at(budget, "spec", "maxUnavailable")
        .map(most -> Math.max(0, expected - Strategy.share(most, expected, true)))
        .orElse(0L);
  }

  /** Pods that were evicted and are still to be seen; not believed for ever. */
  private static Map<String, Object> going(
      Objects objects, Map<String, Object> budget, Alarm alarm) {
    Map<String, Object> going = new LinkedHashMap<>();
    Values.objectAt(budget, "status", "disruptedPods")
        .forEach(
            (name, since) -> {
              Instant until = Instant.parse(String.valueOf(since)).plus(BELIEVED);
              boolean there =
                  objects
                      .find(Kind.POD, Fields.namespace(budget), name)
                      .filter(pod -> !Fields.deleting(pod))
                      .isPresent();
              if (there && until.isAfter(objects.now())) {
                going.put(name, since);
                alarm.at(until);
              }
            });
    return going;
  }

  private static List<Object> conditions(Map<String, Object> budget, boolean allowed, Instant now) {
    String type = "DisruptionAllowed";
    String status = allowed ? "True" : "False";
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("type", type);
    wanted.put("status", status);
    wanted.put("observedGeneration", Fields.number(budget, "metadata", "generation"));
    wanted.put("lastTransitionTime", Fields.since(budget, type, status, now));
    wanted.put("reason", allowed ? "SufficientPods" : "InsufficientPods");
    wanted.put("message", "");
    return Fields.withCondition(Values.listAt(budget, "status", "conditions"), wanted);
  }
}
