package io.terraorbit.foundation.harness.kube.internal.resources;

import java.util.List;

/**
 * A part of an object, or something that is done with it, below the object's own path. Immutable.
 *
 * @param name such as {@code status}
 * @param group of the kind that requests and answers have; empty for the core group
 * @param version of that kind
 * @param kind such as {@code Scale}; often the object's own
 * @param verbs sorted
 */
public record Subresource(
    String name, String group, String version, String kind, List<String> verbs) {
  private static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");

  public Subresource {
    verbs = List.copyOf(verbs);
  }

  /** A view of the object itself, which may be read, updated and patched. */
  static Subresource ofSelf(String name, String group, String version, String kind) {
    return new Subresource(name, group, version, kind, READ_AND_WRITE);
  }

  /**
   * Reads {@code name[=[group/]version/Kind][:verb,verb]}; what is left out is the object's own
   * kind, and get, patch and update.
   */
  static Subresource parse(String text, String group, String version, String kind) {
    int colon = text.indexOf(':');
    String named = colon < 0 ? text : text.substring(0, colon);
    List<String> verbs = colon < 0 ? READ_AND_WRITE : List.of(text.substring(colon + 1).split(","));
    int equals = named.indexOf('=');
    if (equals < 0) {
      return new Subresource(named, group, version, kind, verbs);
    }
    String[] parts = named.substring(equals + 1).split("/", -1);
    int last = parts.length - 1;
    return new Subresource(
        named.substring(0, equals), last == 2 ? parts[0] : "", parts[last - 1], parts[last], verbs);
  }

  /** {@code v1} or {@code group/version} of the kind. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
