package io.terraorbit.foundation.harness.kube.internal.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of moving Pods from old ReplicaSets to the one of the newest template. Used once. */
final class Rollout {
  private final Objects objects;
  private final Map<String, Object> deployment;
  private final Strategy strategy;
  private final List<Map<String, Object>> sets;
  private final Optional<Map<String, Object>> current;
  private final List<Map<String, Object>> old;
  private final long replicas;

  Rollout(
      Objects objects,
      Map<String, Object> deployment,
      Strategy strategy,
      List<Map<String, Object>> sets,
      Optional<Map<String, Object>> current) {
    this.objects = objects;
    this.deployment = deployment;
    this.strategy = strategy;
    this.sets = sets;
    this.current = current;
    this.old = new ArrayList<>(sets);
    current.ifPresent(old::remove);
    this.replicas = Fields.number(deployment, "spec", "replicas");
  }

  /** Whether the Deployment's size has changed since the sets were last scaled. */
  boolean resized() {
    return sets.stream()
        .filter(set -> wanted(set) > 0)
        .map(set -> Fields.annotation(set, "deployment.kubernetes.io/desired-replicas"))
        .anyMatch(said -> !said.isEmpty() && !said.equals(String.valueOf(replicas)));
  }

  /** Spreads a new size over the sets in proportion to what they have. */
  void resize() {
    List<Map<String, Object>> alive = sets.stream().filter(set -> wanted(set) > 0).toList();
    if (alive.isEmpty()) {
      current
          .or(() -> sets.isEmpty() ? Optional.empty() : Optional.of(sets.get(sets.size() - 1)))
          .ifPresent(set -> scale(set, replicas));
      return;
    }
    if (alive.size() == 1) {
      scale(alive.get(0), replicas);
      return;
    }
    long total = alive.stream().mapToLong(Rollout::wanted).sum();
    long goal = replicas == 0 ? 0 : replicas + strategy.surge();
    long rest = goal - total;
    for (int i = alive.size() - 1; i >= 0; i--) {
      Map<String, Object> set = alive.get(i);
      long share =
          i == 0 ? rest : Math.round((double) (goal - total) * wanted(set) / Math.max(1, total));
      long bounded = rest >= 0 ? Math.min(share, rest) : Math.max(share, rest);
      rest -= bounded;
      scale(set, Math.max(0, wanted(set) + bounded));
    }
  }

  void recreate() {
    old.stream().filter(set -> wanted(set) > 0).forEach(set -> scale(set, 0));
    boolean gone =
        old.stream()
            .allMatch(
                set ->
                    objects.owned(Kind.POD, Fields.uid(set)).stream()
                        .allMatch(pod -> List.of("Succeeded", "Failed").contains(Pods.phase(pod))));
    if (gone) {
      current.ifPresent(set -> scale(set, replicas));
    }
  }

  void roll() {
    Map<String, Object> fresh = current.orElse(Map.of());
    long all = sets.stream().mapToLong(Rollout::wanted).sum();
    long room = replicas + strategy.surge() - all;
    if (wanted(fresh) > replicas) {
      scale(fresh, replicas);
    } else if (wanted(fresh) < replicas && room > 0) {
      scale(fresh, Math.min(replicas, wanted(fresh) + room));
    } else {
      shrink(fresh, all);
    }
  }

  /** Takes from the old sets what the new one makes up for: first what does not work anyway. */
  private void shrink(Map<String, Object> fresh, long all) {
    long least = replicas - strategy.unavailable();
    long missing = wanted(fresh) - available(fresh);
    long spare = all - least - missing;
    for (Map<String, Object> set : old) {
      long broken = Math.min(Math.max(0, spare), wanted(set) - available(set));
      if (wanted(set) > 0 && broken > 0) {
        scale(set, wanted(set) - broken);
        return; // its status must follow before more is decided
      }
    }
    long excess = sets.stream().mapToLong(Rollout::available).sum() - least;
    for (Map<String, Object> set : old) {
      long less = Math.min(Math.max(0, Math.min(excess, spare)), wanted(set));
      if (less > 0) {
        scale(set, wanted(set) - less);
        excess -= less;
        spare -= less;
      }
    }
  }

  private void scale(Map<String, Object> set, long size) {
    Map<String, Object> scaled =
        Revisions.scaled(set, deployment, size, replicas + strategy.surge());
    if (!scaled.equals(set)) {
      objects.update(Kind.REPLICA_SET, scaled, Deployments.BY);
    }
  }

  private static long wanted(Map<String, Object> set) {
    return Fields.number(set, "spec", "replicas");
  }

  private static long available(Map<String, Object> set) {
    return Fields.number(set, "status", "availableReplicas");
  }
}
