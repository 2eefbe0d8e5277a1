package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.controller.Cause;
import io.terraorbit.foundation.controller.ControllerObserver;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a replica does into the history. */
record ReplicaObserver(String replica, RunHistory history) implements ControllerObserver {
  @Override
  public void queued(String controller, ObjectKey key, Cause cause) {
    history.append(new Fact.Queued(replica, controller, key, cause));
  }

  @Override
  public void reconcileStarted(
      String controller,
      ObjectKey key,
      String reconcileId,
      int failures,
      List<Cause> causes,
      Duration waited) {
    history.append(
        new Fact.ReconcileStarted(replica, controller, key, reconcileId, failures, causes, waited));
  }

  @Override
  public void reconcileEnded(
      String controller,
      ObjectKey key,
      String reconcileId,
      String result,
      Duration took,
      @Nullable Throwable error) {
    history.append(
        new Fact.ReconcileEnded(
            replica,
            controller,
            key,
            reconcileId,
            result,
            took,
            error == null ? "" : error.toString()));
  }

  @Override
  public void leadershipGained(String lease, String identity, String epoch) {
    history.append(new Fact.Leadership(replica, lease, true, epoch));
  }

  @Override
  public void leadershipLost(String lease, String identity, String reason) {
    history.append(new Fact.Leadership(replica, lease, false, reason));
  }
}
