package io.terraorbit.foundation.apply;

import java.time.Instant;
import org.apiguardian.api.API;

/**
 * One write. Immutable.
 *
 * @param manager the name that the client gave itself
 * @param apiVersion in which it writes
 * @param subresource through which it writes; empty for the object itself
 * @param time of the write
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Write(String manager, String apiVersion, String subresource, Instant time) {
  /** A name for who did not give one. */
  private static final String NOBODY = "unknown";

  public Write {
    manager = manager.isEmpty() ? NOBODY : manager;
  }

  Owner updater() {
    return Owner.updater(manager, apiVersion, subresource);
  }

  Owner applier() {
    return Owner.applier(manager, subresource);
  }

  Write by(String other) {
    return new Write(other, apiVersion, subresource, time);
  }
}
