package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents in which the server says what it has, made afresh from the catalog. */
final class Discovery {
  static final String VERSION = "v1.36.0";

  private Discovery() {}

  static Map<String, Object> version() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("major", "1");
    version.put("minor", "36");
    version.put("emulationMajor", "1");
    version.put("emulationMinor", "36");
    version.put("minCompatibilityMajor", "1");
    version.put("minCompatibilityMinor", "35");
    version.put("gitVersion", VERSION + "+foundation");
    version.put("gitCommit", "0000000000000000000000000000000000000000");
    version.put("gitTreeState", "clean");
    version.put("buildDate", "2026-01-01T00:00:00Z");
    version.put("goVersion", "none");
    version.put("compiler", "javac");
    version.put("platform", "jvm");
    return version;
  }

  static Map<String, Object> coreVersions(String address) {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("kind", "APIVersions");
    versions.put("versions", List.of("v1"));
    Map<String, Object> reachable = new LinkedHashMap<>();
    reachable.put("clientCIDR", "0.0.0.0/0");
    reachable.put("serverAddress", address);
    versions.put("serverAddressByClientCIDRs", List.of(reachable));
    return versions;
  }

  static Map<String, Object> groups(Catalog catalog) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "APIGroupList");
    list.put("apiVersion", "v1");
    list.put("groups", catalog.groups().stream().map(name -> members(catalog, name)).toList());
    return list;
  }

  static Map<String, Object> group(Catalog catalog, String name) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("kind", "APIGroup");
    group.put("apiVersion", "v1");
    group.putAll(members(catalog, name));
    return group;
  }

  private static Map<String, Object> members(Catalog catalog, String name) {
    List<Map<String, Object>> versions =
        catalog.versions(name).stream().map(version -> groupVersion(name, version)).toList();
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", name);
    group.put("versions", versions);
    group.put("preferredVersion", versions.get(0));
    return group;
  }

  private static Map<String, Object> groupVersion(String group, String version) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("groupVersion", group + "/" + version);
    entry.put("version", version);
    return entry;
  }

  static Map<String, Object> resources(Catalog catalog, String group, String version) {
    List<Map<String, Object>> resources = new ArrayList<>();
    for (ResourceType type : catalog.types(group, version)) {
      resources.add(resource(type));
      type.subresources().forEach(subresource -> resources.add(subresource(type, subresource)));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "APIResourceList");
    if (!group.isEmpty()) {
      list.put("apiVersion", "v1"); // the core group's list has had none since its first days
    }
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    list.put("resources", resources);
    return list;
  }

  private static Map<String, Object> resource(ResourceType type) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", type.plural());
    resource.put("singularName", type.singular());
    resource.put("namespaced", type.namespaced());
    resource.put("kind", type.kind());
    resource.put("verbs", type.verbs());
    if (!type.shortNames().isEmpty()) {
      resource.put("shortNames", type.shortNames());
    }
    if (!type.categories().isEmpty()) {
      resource.put("categories", type.categories());
    }
    type.storageVersionHash().ifPresent(hash -> resource.put("storageVersionHash", hash));
    return resource;
  }

  private static Map<String, Object> subresource(ResourceType type, Subresource subresource) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", type.plural() + "/" + subresource.name());
    resource.put("singularName", "");
    resource.put("namespaced", type.namespaced());
    if (!subresource.apiVersion().equals(type.apiVersion())) {
      resource.put("group", subresource.group());
      resource.put("version", subresource.version());
    }
    resource.put("kind", subresource.kind());
    resource.put("verbs", subresource.verbs());
    return resource;
  }

  /**
   * The aggregated form of either {@code /api} or {@code /apis}.
   *
   * @param version of the document: {@code v2}, or {@code v2beta1}, which has the same members
   */
  static Map<String, Object> aggregated(Catalog catalog, List<String> groups, String version) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "APIGroupDiscoveryList");
    list.put("apiVersion", "apidiscovery.k8s.io/" + version);
    list.put("metadata", Map.of());
    list.put("items", groups.stream().map(group -> aggregatedGroup(catalog, group)).toList());
    return list;
  }

  private static Map<String, Object> aggregatedGroup(Catalog catalog, String group) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("metadata", group.isEmpty() ? Map.of() : Map.of("name", group));
    item.put(
        "versions",
        catalog.versions(group).stream()
            .map(
                version -> {
                  Map<String, Object> entry = new LinkedHashMap<>();
                  entry.put("version", version);
                  entry.put(
                      "resources",
                      catalog.types(group, version).stream()
                          .map(Discovery::aggregatedResource)
                          .toList());
                  entry.put("freshness", "Current");
                  return entry;
                })
            .toList());
    return item;
  }

  private static Map<String, Object> aggregatedResource(ResourceType type) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("resource", type.plural());
    resource.put("responseKind", responseKind("", "", type.kind()));
    resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
    resource.put("singularResource", type.singular());
    resource.put("verbs", type.verbs());
    if (!type.shortNames().isEmpty()) {
      resource.put("shortNames", type.shortNames());
    }
    if (!type.categories().isEmpty()) {
      resource.put("categories", type.categories());
    }
    if (!type.subresources().isEmpty()) {
      resource.put(
          "subresources",
          type.subresources().stream()
              .map(
                  part -> {
                    Map<String, Object> subresource = new LinkedHashMap<>();
                    subresource.put("subresource", part.name());
                    boolean same = part.apiVersion().equals(type.apiVersion());
                    subresource.put(
                        "responseKind",
                        responseKind(
                            same ? "" : part.group(), same ? "" : part.version(), part.kind()));
                    subresource.put("verbs", part.verbs());
                    return subresource;
                  })
              .toList());
    }
    return resource;
  }

  /** Group and version are empty where they are those of the list. */
  private static Map<String, Object> responseKind(String group, String version, String kind) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("group", group);
    response.put("version", version);
    response.put("kind", kind);
    return response;
  }
}
