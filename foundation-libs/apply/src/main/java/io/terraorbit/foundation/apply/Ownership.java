package io.terraorbit.foundation.apply;

import java.time.Instant;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one owner owns. Immutable.
 *
 * @param apiVersion in which the fields are named
 * @param time of its last change, to the second; null when none is known
 * @param fields that it owns
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Ownership(String apiVersion, @Nullable Instant time, FieldSet fields) {
  Ownership with(FieldSet changed) {
    return new Ownership(apiVersion, time, changed);
  }

  long seconds() {
    return time == null ? 0 : time.getEpochSecond();
  }
}
