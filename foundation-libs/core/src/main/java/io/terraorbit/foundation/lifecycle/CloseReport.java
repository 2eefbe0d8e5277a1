package io.terraorbit.foundation.lifecycle;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of a program were closed. Immutable.
 *
 * @param parts in the order in which they were closed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CloseReport(List<Part> parts) {
  public CloseReport {
    parts = List.copyOf(parts);
  }

  /** Whether every part was closed in time and without a failure. */
  public boolean clean() {
    return parts.stream().allMatch(part -> part.outcome() == Outcome.CLOSED);
  }

  /** How it went. */
  public enum Outcome {
    CLOSED,
    /** It threw. */
    FAILED,
    /** It was interrupted when its time was over, and left behind. */
    ABANDONED
  }

  /**
   * One part.
   *
   * @param took how long it took, or was waited for
   * @param failure what it threw; null unless it failed
   */
  public record Part(String name, Outcome outcome, Duration took, @Nullable Exception failure) {}
}
