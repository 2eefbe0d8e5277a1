package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Tells how far a Deployment has come. */
final class DeploymentStatus {
  private DeploymentStatus() {}

  static void report(Objects objects, Map<String, Object> stale, Controller.Alarm alarm) {
    Optional<Map<String, Object>> found =
        objects.find(Kind.DEPLOYMENT, Fields.namespace(stale), Fields.name(stale));
    if (found.isEmpty()) {
      return;
    }
    Map<String, Object> deployment = found.get();
    List<Map<String, Object>> sets = Revisions.of(objects, deployment);
    Optional<Map<String, Object>> current = Revisions.current(sets, deployment);
    long replicas = Fields.number(deployment, "spec", "replicas");
    long available = sum(sets, "availableReplicas");
    Map<String, Object> status =
        Fields.members(
            "observedGeneration", Fields.number(deployment, "metadata", "generation"),
            "replicas", sum(sets, "replicas"),
            "updatedReplicas", current.map(set -> counted(set, "replicas")).orElse(0L),
            "readyReplicas", sum(sets, "readyReplicas"),
            "availableReplicas", available,
            "unavailableReplicas", Math.max(0, wanted(sets) - available),
            "collisionCount", Fields.number(deployment, "status", "collisionCount"));
    List<Object> conditions = Values.listAt(deployment, "status", "conditions");
    boolean enough = available >= replicas - Strategy.of(deployment).unavailable();
    conditions =
        set(
            conditions,
            deployment,
            new Said(
                "Available",
                enough,
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough
                    ? "Deployment has minimum availability."
                    : "Deployment does not have minimum availability."),
            objects.now());
    boolean done =
        Fields.number(status, "updatedReplicas") == replicas
            && Fields.number(status, "replicas") == replicas
            && available == replicas;
    Optional<Said> progress = progress(objects, deployment, status, current, done, alarm);
    if (progress.isPresent()) {
      conditions = set(conditions, deployment, progress.get(), objects.now());
    }
    status.put("conditions", conditions);
    if (!status.equals(Values.objectAt(deployment, "status"))) {
      objects.updateStatus(
          Kind.DEPLOYMENT, Values.with(deployment, status, "status"), Deployments.BY);
    }
  }

  /** Says that not even a ReplicaSet could be made. */
  static void fail(Objects objects, Map<String, Object> deployment, String why) {
    Said said = new Said("Progressing", false, "ReplicaSetCreateError", why);
    List<Object> conditions =
        set(Values.listAt(deployment, "status", "conditions"), deployment, said, objects.now());
    Map<String, Object> failed =
        Values.with(
            Values.with(deployment, conditions, "status", "conditions"),
            Fields.number(deployment, "metadata", "generation"),
            "status",
            "observedGeneration");
    if (!failed.equals(deployment)) {
      objects.updateStatus(Kind.DEPLOYMENT, failed, Deployments.BY);
    }
  }

  private static Optional<Said> progress(
      Objects objects,
      Map<String, Object> deployment,
      Map<String, Object> status,
      Optional<Map<String, Object>> current,
      boolean done,
      Controller.Alarm alarm) {
    String set = current.map(Fields::name).orElse("");
    Map<String, Object> last = Fields.condition(deployment, "Progressing");
    if (done) {
      return Optional.of(
          new Said(
              "Progressing",
              true,
              "NewReplicaSetAvailable",
              "ReplicaSet \"%s\" has successfully progressed.".formatted(set)));
    }
    if (Values.at(deployment, "spec", "paused").orElse(false).equals(true) || set.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> before = Values.objectAt(deployment, "status");
    boolean moved =
        Fields.number(status, "updatedReplicas") > Fields.number(before, "updatedReplicas")
            || Fields.number(status, "readyReplicas") > Fields.number(before, "readyReplicas")
            || Fields.number(status, "availableReplicas")
                > Fields.number(before, "availableReplicas")
            || old(status) < old(before)
            || !Values.at(before, "observedGeneration")
                .equals(Values.at(status, "observedGeneration"));
    if (moved || last.isEmpty()) {
      last = Map.of();
    }
    String since = Fields.text(last, "lastUpdateTime");
    Instant deadline =
        (since.isEmpty() ? objects.now() : Instant.parse(since))
            .plus(Duration.ofSeconds(Fields.number(deployment, "spec", "progressDeadlineSeconds")));
    boolean late =
        Fields.text(last, "reason").equals("ProgressDeadlineExceeded")
            || !deadline.isAfter(objects.now());
    if (!late) {
      alarm.at(deadline);
    }
    return Optional.of(
        late
            ? new Said(
                "Progressing",
                false,
                "ProgressDeadlineExceeded",
                "ReplicaSet \"%s\" has timed out progressing.".formatted(set))
            : new Said(
                "Progressing",
                true,
                "ReplicaSetUpdated",
                "ReplicaSet \"%s\" is progressing.".formatted(set),
                moved));
  }

  private static long old(Map<String, Object> status) {
    return Fields.number(status, "replicas") - Fields.number(status, "updatedReplicas");
  }

  private static long wanted(List<Map<String, Object>> sets) {
    return sets.stream().mapToLong(set -> Fields.number(set, "spec", "replicas")).sum();
  }

  private static long sum(List<Map<String, Object>> sets, String member) {
    ToLongFunction<Map<String, Object>> counted = set -> counted(set, member);
    return sets.stream().mapToLong(counted).sum();
  }

  private static long counted(Map<String, Object> set, String member) {
    return Fields.number(set, "status", member);
  }

  /**
   * What a condition is to say.
   *
   * @param touched whether it is said anew, though it was said before
   */
  private record Said(String type, boolean holds, String reason, String message, boolean touched) {
    Said(String type, boolean holds, String reason, String message) {
      this(type, holds, reason, message, false);
    }
  }

  private static List<Object> set(
      List<Object> conditions, Map<String, Object> deployment, Said said, Instant now) {
    Map<String, Object> last = Fields.condition(deployment, said.type());
    String status = said.holds() ? "True" : "False";
    boolean same = Fields.text(last, "status").equals(status);
    boolean fresh = said.touched() || !same || !Fields.text(last, "reason").equals(said.reason());
    Map<String, Object> wanted =
        Fields.members(
            "type",
            said.type(),
            "status",
            status,
            "lastUpdateTime",
            fresh ? now.toString() : Fields.text(last, "lastUpdateTime"),
            "lastTransitionTime",
            Fields.since(deployment, said.type(), status, now),
            "reason",
            said.reason(),
            "message",
            said.message());
    return Fields.withCondition(conditions, wanted);
  }
}
