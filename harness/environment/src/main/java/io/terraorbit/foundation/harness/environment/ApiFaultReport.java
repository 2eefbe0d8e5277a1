package io.terraorbit.foundation.harness.environment;

import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What became of a fault so far. Immutable.
 *
 * @param armed when, by the server's clock
 * @param healed whether it was ended by its handle
 * @param calls how many requests it could have acted on
 * @param hits how many it acted on
 * @param log the first hits, {@value #LOGGED} at most, in the order in which they happened
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiFaultReport(
    ApiFault fault, Instant armed, boolean healed, long calls, long hits, List<ApiFaultHit> log) {
  /** How many hits of a fault are kept one by one. */
  public static final int LOGGED = 1_000;

  public ApiFaultReport {
    log = List.copyOf(log);
  }

  /** Whether it acted at all. A test whose fault never fired has tested something else. */
  public boolean fired() {
    return hits > 0;
  }
}
