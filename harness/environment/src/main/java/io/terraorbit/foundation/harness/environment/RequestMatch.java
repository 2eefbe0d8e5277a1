package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * Selects requests to a Kubernetes API; an empty field matches all. Immutable.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
 *     patch}, {@code apply}, {@code delete}, or {@code write} for create, update, patch and apply
 * @param kind such as {@code Namespace}
 * @param user who asks
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RequestMatch(String verb, String kind, String namespace, String name, String user) {
  /** Matches every request. */
  public static RequestMatch any() {
    return new RequestMatch("", "", "", "", "");
  }

  /** Whether a request of this verb, user and object is selected. */
  public boolean matches(String requestVerb, String requestUser, ObjectRef object) {
    return matchesVerb(requestVerb)
        && (kind.isEmpty() || kind.equals(object.kind()))
        && (namespace.isEmpty() || namespace.equals(object.namespace()))
        && (name.isEmpty() || name.equals(object.name()))
        && (user.isEmpty() || user.equals(requestUser));
  }

  private boolean matchesVerb(String requestVerb) {
    return switch (verb) {
      case "" -> true;
      case "write" ->
          switch (requestVerb) {
            case "create", "update", "patch", "apply" -> true;
            default -> false;
          };
      default -> verb.equals(requestVerb);
    };
  }
}
