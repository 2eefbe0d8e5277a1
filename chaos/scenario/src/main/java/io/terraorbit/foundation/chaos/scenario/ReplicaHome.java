package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.Link;
import io.terraorbit.foundation.harness.environment.PostgresBackend;
import io.terraorbit.foundation.harness.environment.RedisBackend;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Gives a replica links of its own, and what stands at their ends. Safe for many threads.
 *
 * @param database the run's database, if there is PostgreSQL
 * @param logicalDatabase the run's database of Redis, if there is Redis
 */
record ReplicaHome(
    Environment environment,
    RunHistory history,
    TimeSource time,
    long seed,
    Optional<String> database,
    OptionalInt logicalDatabase) {

  /** What a replica gets, and the links in it. */
  record Furnished(ReplicaContext context, List<Link> links) {}

  Furnished furnish(ControllerSpec controller, String identity) {
    List<Link> links = new ArrayList<>();
    ReplicaContext context =
        new ReplicaContext(
            controller.name(),
            identity,
            controller.election(),
            kubernetes(identity, links),
            database.map(name -> postgres(name, identity, links)),
            logicalDatabase.isPresent()
                ? Optional.of(redis(logicalDatabase.getAsInt(), identity, links))
                : Optional.empty(),
            time,
            chance(seed, identity),
            new ReplicaObserver(identity, history));
    return new Furnished(context, List.copyOf(links));
  }

  /** Frees what the replica had. */
  void vacate(String identity) {
    environment.unlink(identity);
  }

  private ReplicaContext.Kubernetes kubernetes(String identity, List<Link> links) {
    KubernetesBackend backend = environment.kubernetes();
    Link link = link(identity, Service.KUBERNETES, links);
    return new ReplicaContext.Kubernetes(backend.url(link.endpoint()), backend.token(identity));
  }

  private ReplicaContext.Postgres postgres(String name, String identity, List<Link> links) {
    PostgresBackend backend = environment.postgres();
    Link link = link(identity, Service.POSTGRES, links);
    return new ReplicaContext.Postgres(
        backend.jdbcUrl(link.endpoint(), name), backend.user(), backend.password());
  }

  private ReplicaContext.Redis redis(int logical, String identity, List<Link> links) {
    RedisBackend backend = environment.redis();
    Link link = link(identity, Service.REDIS, links);
    return new ReplicaContext.Redis(backend.uri(link.endpoint(), logical));
  }

  private Link link(String identity, Service service, List<Link> links) {
    Link link = environment.link(identity, service);
    links.add(link);
    return link;
  }

  /** A generator that depends on the run's seed and on who draws, not on when. */
  private static RandomGenerator chance(long seed, String drawer) {
    return Randomness.seeded(seed * 31 + drawer.hashCode());
  }
}
