package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.tree.Bindings;
import io.terraorbit.foundation.chaos.scenario.internal.tree.TreeException;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a scenario, from the start of the environment to its end. Confined to one thread. */
final class Run implements AutoCloseable {
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(10);

  private final Scenario scenario;
  private final long seed;
  private final TimeSource time;
  private final RunHistory history;
  private final Activity activity = new Activity();
  private final Stopwatch stopwatch;
  private final Patience patience;
  private Bindings bindings = Bindings.none();
  private @Nullable World world;
  private @Nullable Judgement judgement;

  Run(Scenario scenario, long seed, TimeSource time, Consumer<RunEvent> listener) {
    this.scenario = scenario;
    this.seed = seed;
    this.time = time;
    this.history = new RunHistory(time, RunHistory.CAPACITY, activity.andThen(listener));
    this.stopwatch = new Stopwatch(time);
    this.patience = new Patience(history, time);
  }

  /** Starts the environment and applies the definitions of custom resources. */
  void start(RunOptions options, List<BackendProvider> providers, Connector connector)
      throws InterruptedException {
    stopwatch.begin("environment");
    World opened =
        World.open(new World.Opening(scenario, options, seed, time, history, providers, connector));
    world = opened;
    bindings = bound(opened.namespace());
    for (Map<String, Object> crd : scenario.crds()) {
      opened.cluster().apply(crd);
      awaitServed(opened.cluster(), crd);
    }
  }

  void startControllers(List<ControllerFactory> factories) {
    stopwatch.begin("controllers");
    for (int i = 0; i < factories.size(); i++) {
      opened().fleet().startAll(scenario.controllers().get(i), factories.get(i));
    }
  }

  /** Takes the steps and judges what came of them. */
  void play() throws InterruptedException {
    World in = opened();
    Rest rest = new Rest(history, patience, in.fleet(), in.leases(), activity);
    ObjectActions objects =
        new ObjectActions(in.cluster(), patience, bindings, scenario.timeouts());
    Steps steps = new Steps(history, in.cluster(), objects, in.faults(), in.kills(), in.control());
    Optional<Scenario.Probe> unsteady = deviation(rest);
    if (unsteady.isPresent()) {
      judgement = Judgement.unsteady(unsteady.get(), steps, history);
      return;
    }
    history.append(new Fact.Reached(Milestone.STEADY));
    stopwatch.begin("steps");
    steps.run(scenario.steps());
    steps.rollBack(scenario.rollbacks());
    stopwatch.begin("checks");
    settle(rest);
    judgement = Judgement.of(checks(), steps, deviation(rest), history);
  }

  RunResult result() {
    Judgement done = judgement;
    if (done == null) {
      throw new IllegalStateException("the run has not been played");
    }
    return new RunResult(
        scenario,
        seed,
        done.verdict(),
        done.checks(),
        done.dumps(),
        stopwatch.phases(),
        done.history());
  }

  @Override
  public void close() {
    stopwatch.begin("shutdown");
    if (world != null) {
      world.close();
    }
    stopwatch.begin("");
  }

  private World opened() {
    World opened = world;
    if (opened == null) {
      throw new IllegalStateException("the run has not been started");
    }
    return opened;
  }

  private Bindings bound(String namespace) {
    Bindings bound = Bindings.none().with("namespace", namespace);
    for (Scenario.Binding binding : scenario.bindings()) {
      try {
        bound = bound.with(binding.name(), binding.value());
      } catch (TreeException e) {
        throw AppException.of(
            ErrorKind.VALIDATION,
            "SCENARIO_BINDING_INVALID",
            "the binding '%s' of %s has no value: %s"
                .formatted(binding.name(), scenario.file(), e.getMessage()),
            "",
            "Correct its expression.");
      }
    }
    return bound;
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    scenario.checks().forEach(check -> checks.add(check.bound(bindings::resolve)));
    checks.add(new FaultsFired());
    return checks;
  }

  /** The first probe that does not tolerate what it sees. */
  private Optional<Scenario.Probe> deviation(Rest rest) throws InterruptedException {
    for (Scenario.Probe probe : scenario.steadyState()) {
      boolean converged = rest.await(scenario.timeouts().assertion());
      if (!probe.tolerance().equals(converged)) {
        return Optional.of(probe);
      }
    }
    return Optional.empty();
  }

  /** Waits for rest and, if a check wants to know, sees what a look at everything anew leads to. */
  private void settle(Rest rest) throws InterruptedException {
    if (scenario.controllers().isEmpty()) {
      return;
    }
    Duration bound =
        scenario.checks().stream()
            .filter(Converges.class::isInstance)
            .map(check -> ((Converges) check).within())
            .max(Duration::compareTo)
            .orElse(scenario.timeouts().assertion());
    history.append(new Fact.Reached(Milestone.SETTLING));
    if (rest.await(bound)) {
      history.append(new Fact.Reached(Milestone.CONVERGED));
      if (scenario.checks().stream().anyMatch(NoWritesAtFixpoint.class::isInstance)) {
        rest.resync(bound);
      }
    }
  }

  /** Waits until objects of a new kind can be listed. */
  private void awaitServed(Cluster cluster, Map<String, Object> crd) throws InterruptedException {
    ObjectRef kind = customKind(crd);
    boolean served =
        patience.until(
            SERVED_WITHIN,
            () -> {
              try {
                cluster.list(kind, Map.of());
                return true;
              } catch (AppException e) {
                return false;
              }
            });
    if (!served) {
      throw AppException.of(
          ErrorKind.UNAVAILABLE,
          "SCENARIO_CRD_NOT_SERVED",
          "%s was applied, and the API still does not serve %s %s"
              .formatted(Words.resource(crd), kind.apiVersion(), kind.kind()),
          "That takes %s at most".formatted(Words.duration(SERVED_WITHIN)),
          "Look at the conditions of the CustomResourceDefinition.");
    }
  }

  private static ObjectRef customKind(Map<String, Object> crd) {
    String version =
        Values.listAt(crd, "spec", "versions").stream()
            .filter(each -> Values.at(each, "served").orElse(false).equals(true))
            .findFirst()
            .flatMap(each -> Values.string(each, "name"))
            .orElse("v1");
    return new ObjectRef(
        Values.string(crd, "spec", "group").orElse("") + "/" + version,
        Values.string(crd, "spec", "names", "kind").orElse("?"),
        "",
        "");
  }
}
