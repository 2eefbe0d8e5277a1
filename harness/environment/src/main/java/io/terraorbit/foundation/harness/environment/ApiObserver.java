package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * Sees what happens at a Kubernetes API server.
 *
 * <p>Called on the server's threads: be quick, do not throw, and of the server call nothing but
 * {@link ApiControl#revoke}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ApiObserver {
  /**
   * A write took effect. Called after the commit and before the reply, one call at a time, in the
   * order of revisions.
   */
  default void committed(ApiCommit commit) {}

  /**
   * A fault acted on a request. Called on the thread that it acted on, so several calls may come at
   * once. Of a fault that refuses, {@link #rejected} is told besides.
   */
  default void struck(ApiFaultHit hit) {}

  /** A request was refused by an injected fault; nothing was stored. */
  default void rejected(ApiRejection rejection) {}
}
