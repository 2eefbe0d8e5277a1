package io.terraorbit.foundation.harness.environment;

import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One write that changed the store. Immutable. A write that changes nothing is no commit.
 *
 * @param revision the revision that the write took; strictly increasing over all kinds
 * @param user who wrote: the bearer of the token; {@code system:*} for the server's own controllers
 * @param verb {@code create}, {@code update}, {@code patch}, {@code apply} or {@code delete}
 * @param subresource such as {@code status}; empty for the object itself
 * @param change what a watcher sees
 * @param before the object before, as JSON values; null when it is new
 * @param after the object after; for {@link Change#DELETED} its last state
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiCommit(
    long revision,
    String user,
    String verb,
    ObjectRef object,
    String subresource,
    Change change,
    @Nullable Map<String, Object> before,
    Map<String, Object> after) {

  /** What a write did to the object. */
  public enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }
}
