package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.controller.ControllerObserver;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * What a replica is given: where its services are, by links of its own, and who it is. Immutable.
 *
 * @param controller the controller's name in the scenario, such as {@code workspaces}
 * @param identity unique to this incarnation, such as {@code workspaces-0-2}; it is the user name
 *     behind the Kubernetes token and the holder identity of the lease
 * @param election how replicas elect a leader; empty when each works
 * @param kubernetes the API
 * @param postgres a database of the run; empty when the environment has none
 * @param redis a logical database of the run; empty when the environment has none
 * @param time the replica's clocks
 * @param random for jitter and the like, derived from the run's seed
 * @param observer is told what the replica does
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ReplicaContext(
    String controller,
    String identity,
    Optional<Election> election,
    Kubernetes kubernetes,
    Optional<Postgres> postgres,
    Optional<Redis> redis,
    TimeSource time,
    RandomGenerator random,
    ControllerObserver observer) {

  /**
   * Leader election on a Lease.
   *
   * @param leaseDuration how long a lease is valid after its last renewal was sent
   * @param renewEvery pause between renewals
   */
  public record Election(
      String namespace, String lease, Duration leaseDuration, Duration renewEvery) {}

  /** A Kubernetes API and a bearer token for it. */
  public record Kubernetes(String url, String token) {}

  /** A PostgreSQL database. */
  public record Postgres(String jdbcUrl, String user, String password) {}

  /** A logical database of a Redis server, as a Redis URI. */
  public record Redis(String uri) {}
}
