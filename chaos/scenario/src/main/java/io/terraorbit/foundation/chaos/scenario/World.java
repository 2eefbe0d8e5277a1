package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.Backend;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run has started, and what acts on it. Opened and closed by the runner's thread; {@link
 * #close} ends, newest first, whatever was reached.
 */
final class World implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(World.class);

  private final RunHistory history;
  private final Leases leases = new Leases();
  private final Deque<AutoCloseable> closers = new ArrayDeque<>();
  private final Environment environment;
  private final Optional<ApiControl> control;
  private final Cluster cluster;
  private final String namespace;
  private final Fleet fleet;
  private final Faults faults;
  private final KillSwitch kills;

  private World(Opening opening) {
    this.history = opening.history;
    try {
      FaultHits hits = new FaultHits(history);
      ProxiedLinks links =
          ProxiedLinks.open(
              opening.seed,
              opening.time,
              (id, client, service, connection) ->
                  hits.hit(id, client, "connection %d to %s".formatted(connection, service.key())));
      environment = Environment.start(opening.plan(links));
      closers.push(environment);
      recordStartup();
      KubernetesBackend kubernetes = environment.kubernetes();
      control = kubernetes.control();
      Connector.Connection connection = opening.connector.connect(kubernetes, Runner.USER);
      closers.push(connection);
      namespace =
          opening.scenario.ownNamespace()
              ? kubernetes.createNamespace(opening.scenario.name())
              : SpecReader.DEFAULT_NAMESPACE;
      cluster = new Cluster(connection.objects(), namespace);
      Scheduler scheduler = Scheduler.open("foundation-scenario");
      closers.push(scheduler);
      fleet = new Fleet(history, scheduler, control, home(opening));
      closers.push(fleet);
      faults = new Faults(history, links, hits);
      kills = new KillSwitch(history, fleet, leases);
      control.ifPresent(
          api -> closers.push(api.observe(new CommitRecorder(history, leases, kills, hits))));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  static World open(Opening opening) {
    return new World(opening);
  }

  /** What a world is made from. */
  record Opening(
      Scenario scenario,
      RunOptions options,
      long seed,
      TimeSource time,
      RunHistory history,
      List<BackendProvider> providers,
      Connector connector) {
    private EnvironmentPlan plan(ProxiedLinks links) {
      EnvironmentPlan plan =
          EnvironmentPlan.of(scenario.services()).withLinks(links).withProviders(providers);
      for (Service service : scenario.services()) {
        plan = plan.withKind(service, options.backend());
      }
      for (Map.Entry<Service, Integer> port : options.ports().entrySet()) {
        plan = plan.withPort(port.getKey(), port.getValue());
      }
      return plan;
    }
  }

  private ReplicaHome home(Opening opening) {
    Optional<String> database = Optional.empty();
    OptionalInt logical = OptionalInt.empty();
    if (environment.services().contains(Service.POSTGRES)) {
      database = Optional.of(environment.postgres().createDatabase(opening.scenario.name()));
    }
    if (environment.services().contains(Service.REDIS)) {
      logical = OptionalInt.of(environment.redis().acquireDatabase());
    }
    return new ReplicaHome(environment, history, opening.time, opening.seed, database, logical);
  }

  private void recordStartup() {
    environment
        .startup()
        .forEach(
            (service, took) -> {
              Backend backend = environment.backend(service);
              history.append(new Fact.ServiceUp(service, backend.kind(), backend.version(), took));
            });
  }

  Leases leases() {
    return leases;
  }

  Optional<ApiControl> control() {
    return control;
  }

  Cluster cluster() {
    return cluster;
  }

  String namespace() {
    return namespace;
  }

  Fleet fleet() {
    return fleet;
  }

  Faults faults() {
    return faults;
  }

  KillSwitch kills() {
    return kills;
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      try {
        closers.pop().close();
      } catch (Exception e) {
        log.atWarn().setCause(e).log("part of the environment did not close");
      }
    }
  }
}
