package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rolls the template of a Deployment out, one ReplicaSet after the other. */
final class Deployments implements Controller {
  static final String BY = "deployment-controller";

  @Override
  public void reconcile(Objects objects, Map<String, Object> deployment, Alarm alarm) {
    if (Fields.deleting(deployment)) {
      DeploymentStatus.report(objects, deployment, alarm);
      return;
    }
    List<Map<String, Object>> sets = Revisions.of(objects, deployment);
    Optional<Map<String, Object>> current = Revisions.current(sets, deployment);
    boolean paused = Values.at(deployment, "spec", "paused").orElse(false).equals(true);
    Strategy strategy = Strategy.of(deployment);
    if (!paused && number(objects, deployment, sets, current, strategy)) {
      alarm.at(objects.now().plus(RETRY)); // what was written brings it here sooner
      return;
    }
    Rollout rollout = new Rollout(objects, deployment, strategy, sets, current);
    if (paused || rollout.resized()) {
      rollout.resize();
    } else if (strategy.recreates()) {
      rollout.recreate();
    } else {
      rollout.roll();
    }
    DeploymentStatus.report(objects, deployment, alarm);
    if (!paused) {
      forget(objects, deployment);
    }
  }

  /** Makes sure that the template has a set and both the newest number; whether it wrote. */
  private static boolean number(
      Objects objects,
      Map<String, Object> deployment,
      List<Map<String, Object>> sets,
      Optional<Map<String, Object>> current,
      Strategy strategy) {
    List<Map<String, Object>> others = new ArrayList<>(sets);
    current.ifPresent(others::remove);
    long newest = others.stream().mapToLong(Revisions::number).max().orElse(0);
    if (current.isEmpty()) {
      long most = Fields.number(deployment, "spec", "replicas") + strategy.surge();
      Optional<String> refused =
          objects.create(Kind.REPLICA_SET, Revisions.make(deployment, newest + 1, most), BY);
      if (refused.isPresent()) {
        collide(objects, deployment, refused.get());
        return true;
      }
    } else if (Revisions.number(current.get()) <= newest) {
      objects.update(Kind.REPLICA_SET, Revisions.renumbered(current.get(), newest + 1), BY);
    }
    long number = Math.max(newest + 1, current.map(Revisions::number).orElse(0L));
    if (Revisions.number(deployment) != number) {
      // With the status, as the real controller does: it is no new generation.
      objects.updateStatus(Kind.DEPLOYMENT, Revisions.renumbered(deployment, number), BY);
      return true;
    }
    return current.isEmpty();
  }

  /** Another template has the name: the next try takes another hash. */
  private static void collide(Objects objects, Map<String, Object> deployment, String why) {
    if (why.contains("already exists")) {
      long collisions = Fields.number(deployment, "status", "collisionCount") + 1;
      objects.updateStatus(
          Kind.DEPLOYMENT, Values.with(deployment, collisions, "status", "collisionCount"), BY);
    } else {
      DeploymentStatus.fail(objects, deployment, why);
    }
  }

  /** Deletes the oldest sets that no Pods are left of, but for as many as are to be kept. */
  private static void forget(Objects objects, Map<String, Object> deployment) {
    List<Map<String, Object>> sets = Revisions.of(objects, deployment);
    List<Map<String, Object>> old = new ArrayList<>(sets);
    Revisions.current(sets, deployment).ifPresent(old::remove);
    Object limit = Values.at(deployment, "spec", "revisionHistoryLimit").orElse(10L);
    long excess = old.size() - (limit instanceof Long most ? most : 10L);
    for (Map<String, Object> set : old) {
      boolean idle =
          Fields.number(set, "spec", "replicas") == 0
              && Fields.number(set, "status", "replicas") == 0
              && !Fields.deleting(set);
      if (excess > 0 && idle) {
        objects.delete(Kind.REPLICA_SET, set, BY);
      }
      excess--;
    }
  }
}
