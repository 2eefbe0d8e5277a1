package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.Service;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run and what must come out of it, as data. Immutable.
 *
 * @param file where it was read from, as the user named it
 * @param seed of everything random in a run; empty to draw one
 * @param services what must be up
 * @param crds definitions of custom resources, applied before anything else
 * @param bindings names for values, in the order in which they are bound
 * @param steadyState checked before the steps, else the run is void, and after them
 * @param steps taken one after the other until one fails
 * @param rollbacks always taken after the steps; one that fails does not stop the rest
 * @param checks judge the recorded history
 * @param ownNamespace whether objects that name no namespace go into one made for the run, as in
 *     Chainsaw; else into {@code default}, as with kubectl
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Scenario(
    String file,
    String name,
    String description,
    OptionalLong seed,
    Set<Service> services,
    List<Map<String, Object>> crds,
    List<ControllerSpec> controllers,
    List<Binding> bindings,
    List<Probe> steadyState,
    List<Step> steps,
    List<Operation> rollbacks,
    List<Check> checks,
    Timeouts timeouts,
    boolean ownNamespace) {
  public Scenario {
    services = Set.copyOf(services);
    crds = List.copyOf(crds);
    controllers = List.copyOf(controllers);
    bindings = List.copyOf(bindings);
    steadyState = List.copyOf(steadyState);
    steps = List.copyOf(steps);
    rollbacks = List.copyOf(rollbacks);
    checks = List.copyOf(checks);
  }

  /** A name for a value, which may use earlier bindings. */
  public record Binding(String name, @Nullable Object value) {}

  /**
   * One statement about the steady state.
   *
   * @param func the harness's function: {@code converged}
   * @param tolerance what the function must return
   */
  public record Probe(String name, String func, Object tolerance) {}
}
