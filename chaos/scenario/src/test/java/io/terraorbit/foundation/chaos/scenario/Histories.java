package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Histories made by hand. */
final class Histories {
  private final List<RunEvent> events = new ArrayList<>();
  private long revision = 100;
  private long micros;

  /** Two replicas, a and b, that elect on {@code ns/lease}. */
  static Histories withReplicas(String... replicas) {
    Histories history = new Histories();
    for (String replica : replicas) {
      history.life(replica, Fact.ReplicaLife.Turn.START);
    }
    return history;
  }

  Histories at(long seconds) {
    micros = seconds * 1_000_000;
    return this;
  }

  Histories add(Fact fact) {
    events.add(new RunEvent(events.size() + 1L, micros, fact));
    return this;
  }

  Histories life(String replica, Fact.ReplicaLife.Turn turn) {
    return add(new Fact.ReplicaLife(replica, "c", "ns/lease", turn, ""));
  }

  Histories reached(Milestone milestone) {
    return add(new Fact.Reached(milestone));
  }

  Histories lease(String holder) {
    return lease("lease", holder);
  }

  Histories lease(String name, String holder) {
    return commit(
        holder.isEmpty() ? "nobody" : holder,
        new ObjectRef("coordination.k8s.io/v1", "Lease", "ns", name),
        ApiCommit.Change.MODIFIED,
        Map.of("spec", Map.of("holderIdentity", "before")),
        Map.of("spec", Map.of("holderIdentity", holder)));
  }

  Histories write(String user, String kind) {
    return commit(
        user,
        new ObjectRef("v1", kind, "ns", "x"),
        ApiCommit.Change.MODIFIED,
        Map.of("spec", 1L),
        Map.of("kind", kind, "spec", 2L));
  }

  Histories writeNothing(String user, String kind) {
    return commit(
        user,
        new ObjectRef("v1", kind, "ns", "x"),
        ApiCommit.Change.MODIFIED,
        Map.of("spec", 1L, "metadata", Map.of("resourceVersion", "1")),
        Map.of(
            "spec",
            1L,
            "metadata",
            Map.of("resourceVersion", "2", "managedFields", List.of(user))));
  }

  Histories delete(String user, String kind) {
    return commit(
        user,
        new ObjectRef("v1", kind, "ns", "x"),
        ApiCommit.Change.DELETED,
        Map.of("kind", kind),
        Map.of("kind", kind));
  }

  Histories commit(
      String user,
      ObjectRef object,
      ApiCommit.Change change,
      Map<String, Object> before,
      Map<String, Object> after) {
    return add(
        new Fact.Revision(
            new ApiCommit(++revision, user, "update", object, "", change, before, after)));
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }
}
