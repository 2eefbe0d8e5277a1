package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.time.TimeSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Runs scenarios: the only place where one becomes effects. For one thread at a time; each run has
 * an environment of its own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Runner {
  /** The Kubernetes user behind a scenario's own writes. */
  public static final String USER = "scenario-runner";

  private final TimeSource time;
  private final RandomGenerator seeds;
  private final List<BackendProvider> providers;
  private final Connector connector;

  Runner(
      TimeSource time,
      RandomGenerator seeds,
      List<BackendProvider> providers,
      Connector connector) {
    this.time = time;
    this.seeds = seeds;
    this.providers = List.copyOf(providers);
    this.connector = connector;
  }

  /**
   * A runner with the backends on the class path.
   *
   * @param seeds draws the seed of a run that is given none
   */
  public static Runner create(TimeSource time, RandomGenerator seeds) {
    return new Runner(
        time,
        seeds,
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList(),
        Connector.http());
  }

  /**
   * Runs a scenario and stops all that it started.
   *
   * @param listener hears of every entry of the history; called on many threads, one at a time, and
   *     must be quick
   * @throws AppException if the run cannot begin: {@code VALIDATION} when the scenario is to blame,
   *     else because something of the environment did not start
   * @throws InterruptedException if the thread is interrupted; all is stopped by then
   */
  public RunResult run(Scenario scenario, RunOptions options, Consumer<RunEvent> listener)
      throws InterruptedException {
    List<ControllerFactory> factories =
        scenario.controllers().stream().map(Factories::load).toList();
    long seed =
        options.seed().orElseGet(() -> scenario.seed().orElseGet(() -> seeds.nextLong(1L << 31)));
    Run run = new Run(scenario, seed, time, listener);
    try {
      run.start(options, providers, connector);
      run.startControllers(factories);
      run.play();
    } catch (AppException e) {
      throw interrupted(e);
    } finally {
      run.close();
    }
    return run.result();
  }

  /** A call that was given up because the thread was interrupted says so in its own way. */
  private static AppException interrupted(AppException e) throws InterruptedException {
    if (Thread.interrupted()) {
      InterruptedException interruption = new InterruptedException(e.getMessage());
      interruption.initCause(e);
      throw interruption;
    }
    return e;
  }
}
