package io.terraorbit.foundation.chaos.scenario;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A controller under test. Immutable.
 *
 * @param factory name of a class that implements {@link ControllerFactory}
 * @param replicas how many run at a time; one or more
 * @param election how they elect a leader; empty when each works
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ControllerSpec(
    String name, String factory, int replicas, Optional<ReplicaContext.Election> election) {}
