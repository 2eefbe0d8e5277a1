package io.terraorbit.foundation.chaos.scenario;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A step of a scenario. Immutable.
 *
 * @param attempt the {@code try} of the file: its operations in order, until one fails
 * @param onFailure the {@code catch}: run if one failed
 * @param always the {@code finally}: run in any case
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Step(
    String name, List<Operation> attempt, List<Operation> onFailure, List<Operation> always) {
  public Step {
    attempt = List.copyOf(attempt);
    onFailure = List.copyOf(onFailure);
    always = List.copyOf(always);
  }
}
