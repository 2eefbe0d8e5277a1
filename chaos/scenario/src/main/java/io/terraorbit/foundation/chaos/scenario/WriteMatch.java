package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import org.apiguardian.api.API;

/**
 * The moment after a controller's write. Immutable.
 *
 * @param match which writes count; its user is empty
 * @param occurrence which of them is meant, from 1, counted from when the trigger was armed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WriteMatch(RequestMatch match, int occurrence) {
  boolean matches(ApiCommit commit) {
    return match.matches(commit.verb(), commit.user(), commit.object());
  }

  @Override
  public String toString() {
    return "after %s %d of %s%s"
        .formatted(
            match.verb(),
            occurrence,
            match.kind(),
            match.name().isEmpty() ? "" : "/" + match.name());
  }
}
