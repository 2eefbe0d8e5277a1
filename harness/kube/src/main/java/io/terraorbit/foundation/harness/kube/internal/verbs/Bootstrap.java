package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every cluster has before anybody comes: namespaces, priorities, and itself as a Service. */
final class Bootstrap {
  private static final WriteOptions CREATE = WriteOptions.system("apiserver", "create");
  private static final String ADDRESS = "10.96.0.1";
  private static final String NAME = "kubernetes";
  private static final String NODE = "foundation-node";
  private static final Map<String, Long> PRIORITIES =
      Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

  private final Catalog catalog;
  private final Creating creating;
  private final Editor editor;

  Bootstrap(Catalog catalog, Creating creating, Editor editor) {
    this.catalog = catalog;
    this.creating = creating;
    this.editor = editor;
  }

  void namespaces() {
    for (String name : Namespaces.PERMANENT) {
      create("v1", "Namespace", "", members("metadata", Map.of("name", name)));
    }
  }

  void priorities() {
    PRIORITIES.keySet().stream()
        .sorted()
        .forEach(
            name ->
                create(
                    "scheduling.k8s.io/v1",
                    "PriorityClass",
                    "",
                    members(
                        "metadata",
                        Map.of("name", name),
                        "value",
                        PRIORITIES.getOrDefault(name, 0L),
                        "description",
                        "Used for system critical pods that must not be moved from their current"
                            + (name.contains("node") ? " node." : " node pool."))));
  }

  /** The server as a Service, and where it really listens. */
  void itself(String host, long port) {
    create(
        "v1",
        "Service",
        "default",
        members(
            "metadata",
            members("name", NAME, "labels", members("component", "apiserver", "provider", NAME)),
            "spec",
            members(
                "clusterIP",
                ADDRESS,
                "ports",
                List.of(members("name", "https", "port", 443L, "targetPort", port)))));
    create(
        "v1",
        "Endpoints",
        "default",
        members(
            "metadata",
            members(
                "name", NAME, "labels", Map.of("endpointslice.kubernetes.io/skip-mirror", "true")),
            "subsets",
            List.of(
                members(
                    "addresses",
                    List.of(Map.of("ip", host)),
                    "ports",
                    List.of(members("name", "https", "port", port))))));
    create(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        "default",
        members(
            "metadata",
            members("name", NAME, "labels", Map.of("kubernetes.io/service-name", NAME)),
            "addressType",
            "IPv4",
            "endpoints",
            List.of(members("addresses", List.of(host), "conditions", Map.of("ready", true))),
            "ports",
            List.of(members("name", "https", "port", port))));
  }

  /** A node, ready for Pods: a big one, since nothing runs on it. */
  void node() {
    Map<String, Object> room =
        members("cpu", "64", "ephemeral-storage", "1Ti", "memory", "256Gi", "pods", "1000");
    create(
        "v1",
        "Node",
        "",
        members(
            "metadata",
            members(
                "name",
                NODE,
                "labels",
                members(
                    "kubernetes.io/arch", "amd64",
                    "kubernetes.io/hostname", NODE,
                    "kubernetes.io/os", "linux")),
            "status",
            members("capacity", room, "allocatable", room)));
  }

  private void create(String apiVersion, String kind, String namespace, Map<String, Object> body) {
    ResourceType type = catalog.findKind(apiVersion, kind).orElseThrow();
    String name = Values.string(body, "metadata", "name").orElse("");
    if (editor.find(type.key(namespace, name)).isEmpty()) {
      creating.create(editor, new Target(type, namespace, "", ""), body, CREATE);
    }
  }

  private static Map<String, Object> members(String name, Object value, Object... more) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(name, value);
    for (int i = 0; i + 1 < more.length; i += 2) {
      members.put((String) more[i], more[i + 1]);
    }
    return members;
  }
}
