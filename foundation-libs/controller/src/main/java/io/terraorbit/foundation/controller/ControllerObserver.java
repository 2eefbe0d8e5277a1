package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Sees a controller at work, so that a recorder needs no hook in the code under test.
 *
 * <p>Called on the controller's threads: be quick and do not throw.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ControllerObserver {
  /** Sees nothing. */
  ControllerObserver NONE = new ControllerObserver() {};

  /** A key was queued, or a cause was merged into a key that is queued already. */
  default void queued(String controller, ObjectKey key, Cause cause) {}

  /**
   * A reconcile begins.
   *
   * @param reconcileId unique within the process
   * @param failures failed runs in a row before this one
   * @param causes all that was merged into this run, oldest first
   * @param waited time from the first cause to now
   */
  default void reconcileStarted(
      String controller,
      ObjectKey key,
      String reconcileId,
      int failures,
      List<Cause> causes,
      Duration waited) {}

  /**
   * A reconcile ended.
   *
   * @param result {@code done}, {@code again}, {@code failed}, {@code fatal} or {@code cancelled}
   * @param error what it threw, if it did
   */
  default void reconcileEnded(
      String controller,
      ObjectKey key,
      String reconcileId,
      String result,
      Duration took,
      @Nullable Throwable error) {}

  /** This process became the leader; {@code epoch} is the term's fencing token. */
  default void leadershipGained(String lease, String identity, String epoch) {}

  /** This process is the leader no more. */
  default void leadershipLost(String lease, String identity, String reason) {}
}
