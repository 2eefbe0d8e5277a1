package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.Map;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * What a user decides apart from the scenario. Immutable.
 *
 * @param seed in place of the scenario's; empty to leave it
 * @param backend how the services run, such as {@code embedded}
 * @param ports the port a service listens on, where it is not any free one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunOptions(OptionalLong seed, String backend, Map<Service, Integer> ports) {
  /** The scenario's seed, embedded services, free ports. */
  public static final RunOptions DEFAULT =
      new RunOptions(OptionalLong.empty(), EnvironmentPlan.DEFAULT_KIND, Map.of());

  public RunOptions {
    ports = Map.copyOf(ports);
  }
}
