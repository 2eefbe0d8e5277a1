package io.terraorbit.foundation.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * A part of a list. Immutable, as far as its objects are left alone.
 *
 * @param version the moment of which the list tells; empty when the server gave no number
 * @param continueToken names the next page; empty on the last
 * @param remaining objects after this page; servers leave it out when a selector is used
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Page<T>(
    List<T> items,
    Optional<ResourceVersion> version,
    Optional<String> continueToken,
    OptionalLong remaining) {
  public Page {
    items = List.copyOf(items);
  }
}
