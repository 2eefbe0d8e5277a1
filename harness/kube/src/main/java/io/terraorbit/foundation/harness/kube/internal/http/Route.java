package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import java.util.List;

/** Finds out what a path below a group's version is about. */
final class Route {
  private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

  private Route() {}

  /**
   * The target of a path.
   *
   * @param rest the segments after the version
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 404 or 501
   */
  static Target resolve(Catalog catalog, String group, String version, List<String> rest) {
    boolean inside =
        rest.get(0).equals("namespaces")
            && rest.size() > 2
            && !(group.isEmpty() && rest.size() == 3 && OF_NAMESPACES.contains(rest.get(2)));
    String namespace = inside ? rest.get(1) : "";
    List<String> path = inside ? rest.subList(2, rest.size()) : rest;
    ResourceType type =
        catalog.find(group, version, path.get(0)).orElseThrow(Refusals::noSuchResource);
    String name = path.size() > 1 ? path.get(1) : "";
    String subresource = path.size() > 2 ? String.join("/", path.subList(2, path.size())) : "";
    if (inside != type.namespaced() && (inside || !name.isEmpty())) {
      throw Refusals.noSuchResource();
    }
    Acted.require(type, subresource);
    return new Target(type, namespace, name, subresource);
  }
}
