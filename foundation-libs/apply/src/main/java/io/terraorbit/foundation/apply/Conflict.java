package io.terraorbit.foundation.apply;

import org.apiguardian.api.API;

/**
 * A field that an applied configuration would change and that somebody else owns. Immutable.
 *
 * @param owner who owns it
 * @param path of the field
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Conflict(Owner owner, FieldPath path) {
  /** As a client is told, such as {@code conflict with "kubectl-scale" using apps/v1}. */
  public String message() {
    return "conflict with " + owner.described();
  }
}
