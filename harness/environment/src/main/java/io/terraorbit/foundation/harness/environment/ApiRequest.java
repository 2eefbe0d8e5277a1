package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * A request to a Kubernetes API, as faults see it. Immutable.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
 *     patch}, {@code apply}, {@code delete} or {@code deletecollection}
 * @param user who asks
 * @param userAgent what the client says it is; empty when it says nothing
 * @param resource {@code pods}, or with its group {@code deployments.apps}
 * @param subresource such as {@code status}; empty for the object itself
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiRequest(
    String verb,
    String user,
    String userAgent,
    String resource,
    String subresource,
    ObjectRef object) {

  /** Whether it reads only. */
  public boolean reads() {
    return switch (verb) {
      case "get", "list", "watch" -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return "%s %s%s by %s"
        .formatted(verb, object, subresource.isEmpty() ? "" : "/" + subresource, user);
  }
}
