package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The answer at {@code /}: where there is something to get. */
final class RootPaths {
  private RootPaths() {}

  static Map<String, Object> document(Catalog catalog) {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/.well-known/openid-configuration",
                "/api",
                "/api/v1",
                "/apis",
                "/apis/",
                "/openid/v1/jwks",
                "/version"));
    paths.addAll(Health.paths());
    for (String group : catalog.groups()) {
      paths.add("/apis/" + group);
      catalog.versions(group).forEach(version -> paths.add("/apis/" + group + "/" + version));
    }
    return Map.of("paths", paths.stream().sorted().toList());
  }
}
