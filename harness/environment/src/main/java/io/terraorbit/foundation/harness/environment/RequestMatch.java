package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * Selects requests to a Kubernetes API; an empty field matches all. Immutable.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
 *     patch}, {@code apply}, {@code delete}, which has {@code deletecollection} among it, or {@code
 *     write} for create, update, patch and apply
 * @param kind such as {@code Namespace}
 * @param user who asks
 * @param resource {@code deployments} or {@code deployments.apps}, with all its subresources, or
 *     one of these alone: {@code deployments/scale}
 * @param userAgent a piece of what the client says it is, such as {@code kubectl/}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RequestMatch(
    String verb,
    String kind,
    String namespace,
    String name,
    String user,
    String resource,
    String userAgent) {

  public RequestMatch {
    switch (verb) {
      case "", "get", "list", "watch", "create", "update", "patch", "apply", "delete" -> {}
      case "deletecollection", "write" -> {}
      default ->
          throw Mistake.of(
              "FAULT_VERB_UNKNOWN",
              "a match names the verb '%s'".formatted(verb),
              "Requests are get, list, watch, create, update, patch, apply, delete or"
                  + " deletecollection, and write stands for create, update, patch and apply",
              "Name one of these, or leave the verb empty for all.");
    }
  }

  /** Requests of any client for any resource of the kind. */
  public RequestMatch(String verb, String kind, String namespace, String name, String user) {
    this(verb, kind, namespace, name, user, "", "");
  }

  /** Matches every request. */
  public static RequestMatch any() {
    return of("");
  }

  /** Matches every request of a verb. */
  public static RequestMatch of(String verb) {
    return new RequestMatch(verb, "", "", "", "");
  }

  public RequestMatch withKind(String newKind) {
    return new RequestMatch(verb, newKind, namespace, name, user, resource, userAgent);
  }

  public RequestMatch withNamespace(String newNamespace) {
    return new RequestMatch(verb, kind, newNamespace, name, user, resource, userAgent);
  }

  public RequestMatch withName(String newName) {
    return new RequestMatch(verb, kind, namespace, newName, user, resource, userAgent);
  }

  public RequestMatch withUser(String newUser) {
    return new RequestMatch(verb, kind, namespace, name, newUser, resource, userAgent);
  }

  public RequestMatch withResource(String newResource) {
    return new RequestMatch(verb, kind, namespace, name, user, newResource, userAgent);
  }

  public RequestMatch withUserAgent(String newUserAgent) {
    return new RequestMatch(verb, kind, namespace, name, user, resource, newUserAgent);
  }

  /** Whether a request is selected. */
  public boolean matches(ApiRequest request) {
    return matches(request.verb(), request.user(), request.object())
        && (userAgent.isEmpty() || request.userAgent().contains(userAgent))
        && matchesResource(request);
  }

  /**
   * Whether a request of this verb, user and object is selected, whatever its resource and client.
   */
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
      case "delete" -> requestVerb.equals("delete") || requestVerb.equals("deletecollection");
      default -> verb.equals(requestVerb);
    };
  }

  private boolean matchesResource(ApiRequest request) {
    if (resource.isEmpty()) {
      return true;
    }
    int slash = resource.indexOf('/');
    String whole = slash < 0 ? resource : resource.substring(0, slash);
    boolean partMatches = slash < 0 || resource.substring(slash + 1).equals(request.subresource());
    return partMatches
        && (whole.equals(request.resource()) || request.resource().startsWith(whole + "."));
  }
}
