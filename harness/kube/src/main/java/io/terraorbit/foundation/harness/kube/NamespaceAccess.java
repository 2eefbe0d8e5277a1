package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.DeleteOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/** Makes and deletes namespaces without a client. */
final class NamespaceAccess {
  private static final String USER = "foundation";

  private final Cluster cluster;
  private final ResourceType type;

  NamespaceAccess(Cluster cluster) {
    this.cluster = cluster;
    this.type = cluster.catalog().findKind("v1", "Namespace").orElseThrow();
  }

  /**
   * Makes a namespace whose name begins with {@code prefix}, cut where needed; returns the name.
   */
  String create(String prefix) {
    int most = Names.MAX_GENERATED_BASE;
    String cut = prefix.length() > most ? prefix.substring(0, most - 1) + "-" : prefix;
    Map<String, Object> body = Map.of("metadata", Map.of("generateName", cut));
    Map<String, Object> made =
        cluster
            .create(new Target(type, "", "", ""), body, WriteOptions.system(USER, "create"))
            .body();
    return Values.string(made, "metadata", "name").orElseThrow();
  }

  void delete(String name) {
    cluster.delete(
        new Target(type, "", name, ""), DeleteOptions.NONE, WriteOptions.system(USER, "delete"));
  }
}
