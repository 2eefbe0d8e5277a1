package io.terraorbit.foundation.chaos.scenario;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How long an operation is tried before it has failed; names and defaults are Chainsaw's.
 * Immutable.
 *
 * @param assertion of {@code assert} and {@code wait}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Timeouts(
    Duration apply,
    Duration assertion,
    Duration error,
    Duration delete,
    Duration cleanup,
    Duration exec) {
  /** Chainsaw's defaults. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
}
