package io.terraorbit.foundation.health;

import io.terraorbit.foundation.time.Deadline;
import org.apiguardian.api.API;

/** Asks one thing that a program needs how it is. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface HealthCheck {
  /** Names the thing, such as {@code database}; one check per name. */
  String name();

  /**
   * Asks it. What it throws counts as {@link Health.Down}.
   *
   * @param deadline when nobody waits for the answer any more; it is also the current one
   */
  Health check(Deadline deadline) throws Exception;

  /**
   * Whether the program takes no requests while this is down. Not for what all replicas share and
   * can do without, or a single outage takes all of them out of service.
   */
  default boolean affectsReadiness() {
    return true;
  }
}
