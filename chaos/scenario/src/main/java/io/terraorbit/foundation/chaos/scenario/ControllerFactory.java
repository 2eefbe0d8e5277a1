package io.terraorbit.foundation.chaos.scenario;

import org.apiguardian.api.API;

/**
 * Makes replicas of a controller for a scenario to run; a scenario names the implementing class,
 * which has a public constructor without parameters.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface ControllerFactory {
  /**
   * Starts one replica and returns without waiting for it to lead or to work.
   *
   * @throws Exception if it cannot start; the run is then void
   */
  Replica start(ReplicaContext context) throws Exception;
}
