package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request is about, by its method and path alone: known before anything is looked up, as in
 * {@code k8s.io/apiserver/pkg/endpoints/request}. Immutable.
 *
 * @param verb such as {@code list}; the method in lower case for a path that is no resource's
 * @param resource plural; empty for a path that is no resource's
 * @param name empty when the path has none
 * @param path as it was asked for
 */
public record RequestInfo(
    String verb,
    String group,
    String version,
    String namespace,
    String resource,
    String subresource,
    String name,
    String path) {
  private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

  /**
   * Reads a request.
   *
   * @param segments of the path, decoded
   * @param watch whether the parameter says so
   */
  public static RequestInfo of(String method, List<String> segments, boolean watch) {
    String path = "/" + String.join("/", segments);
    boolean core = !segments.isEmpty() && segments.get(0).equals("api");
    int before = core ? 2 : 3;
    if (segments.size() <= before || !(core || segments.get(0).equals("apis"))) {
      return new RequestInfo(lower(method), "", "", "", "", "", "", path);
    }
    String group = core ? "" : segments.get(1);
    List<String> rest = segments.subList(before, segments.size());
    boolean oldWatch = rest.get(0).equals("watch") && rest.size() > 1;
    if (oldWatch) {
      rest = rest.subList(1, rest.size());
    }
    String namespace = "";
    if (rest.get(0).equals("namespaces") && rest.size() > 1) {
      namespace = rest.get(1);
      if (rest.size() > 2 && !OF_NAMESPACES.contains(rest.get(2))) {
        rest = rest.subList(2, rest.size());
      }
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    return new RequestInfo(
        verb(method, name.isEmpty(), watch, oldWatch),
        group,
        segments.get(before - 1),
        namespace,
        rest.get(0),
        subresource,
        name,
        path);
  }

  /** The same, for the one object whose name a field selector asks for. */
  public RequestInfo named(String wanted) {
    return new RequestInfo(verb, group, version, namespace, resource, subresource, wanted, path);
  }

  public boolean isResource() {
    return !resource.isEmpty();
  }

  /** {@code pods} or {@code pods/status}, as rules name it. */
  public String resourceWithPart() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /** What a refusal of it is about. */
  public Subject subject() {
    return new Subject(group, resource, "", name);
  }

  private static String verb(String method, boolean collection, boolean watch, boolean oldWatch) {
    return switch (method) {
      case "GET", "HEAD" -> watch || oldWatch ? "watch" : collection ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> collection ? "deletecollection" : "delete";
      default -> lower(method);
    };
  }

  private static String lower(String method) {
    return method.toLowerCase(Locale.ROOT);
  }
}
