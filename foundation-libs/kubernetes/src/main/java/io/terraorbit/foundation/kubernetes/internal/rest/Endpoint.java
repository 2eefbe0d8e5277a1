package io.terraorbit.foundation.kubernetes.internal.rest;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a resource is served, as path segments. Immutable.
 *
 * @param apiVersion {@code v1} or {@code group/version}
 * @param plural the resource's name in paths
 */
public record Endpoint(String apiVersion, String plural, boolean namespaced) {
  /** The path of an API version itself, which lists its resources. */
  public static List<String> version(String apiVersion) {
    List<String> segments = new ArrayList<>();
    segments.add(apiVersion.indexOf('/') < 0 ? "api" : "apis");
    segments.addAll(List.of(apiVersion.split("/", -1)));
    return segments;
  }

  /**
   * The path of all objects, of one namespace or of all.
   *
   * @throws IllegalArgumentException if a namespace is named for a cluster-scoped resource
   */
  public List<String> collection(String namespace) {
    if (!namespaced && !namespace.isEmpty()) {
      throw new IllegalArgumentException(
          "%s have no namespace, got '%s'".formatted(plural, namespace));
    }
    List<String> segments = version(apiVersion);
    if (!namespace.isEmpty()) {
      segments.add("namespaces");
      segments.add(checked("namespace", namespace));
    }
    segments.add(plural);
    return segments;
  }

  /**
   * The path to which new objects are posted.
   *
   * @throws IllegalArgumentException if the namespace is missing
   */
  public List<String> creation(String namespace) {
    if (namespaced && namespace.isEmpty()) {
      throw new IllegalArgumentException(plural + " need a namespace, got none");
    }
    return collection(namespace);
  }

  /**
   * The path of one object.
   *
   * @throws IllegalArgumentException if the namespace or the name is missing or no path segment
   */
  public List<String> object(String namespace, String name) {
    List<String> segments = creation(namespace);
    segments.add(checked("name", name));
    return segments;
  }

  private String checked(String what, String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(
          "%s need a %s that can stand in a path, got '%s'".formatted(plural, what, segment));
    }
    return segment;
  }
}
