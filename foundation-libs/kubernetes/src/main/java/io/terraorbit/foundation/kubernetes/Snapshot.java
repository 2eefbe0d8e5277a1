package io.terraorbit.foundation.kubernetes;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a cache held at one moment. Immutable, as far as its objects are left alone.
 *
 * @param version how far the cache had observed; empty before its first list
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Snapshot<T>(Optional<ResourceVersion> version, Map<ObjectKey, T> objects) {
  public Snapshot {
    objects = Map.copyOf(objects);
  }
}
