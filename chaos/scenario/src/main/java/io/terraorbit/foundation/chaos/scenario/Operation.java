package io.terraorbit.foundation.chaos.scenario;

import org.apiguardian.api.API;

/**
 * One thing to do in a step. Immutable.
 *
 * @param line where it stands in the scenario's file, from 1
 * @param description the author's words, or empty
 * @param continueOnError whether the step goes on if it fails; the run has failed all the same
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Operation(int line, String description, boolean continueOnError, Action action) {
  /** The author's words, or else what it does. */
  public String title() {
    return description.isEmpty() ? action.describe() : description;
  }
}
