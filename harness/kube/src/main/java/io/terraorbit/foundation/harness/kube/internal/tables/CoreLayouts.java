package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The columns of the core group but for Pods, Services and volumes. */
final class CoreLayouts {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

  private CoreLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "pods" -> Optional.of(PodCells.layout());
      case "podtemplates" ->
          Optional.of(
              Layout.named()
                  .text("Containers", Cells.containers("template.spec", "name"))
                  .text("Images", Cells.containers("template.spec", "image"))
                  .text(
                      "Pod Labels",
                      template ->
                          Cells.labels(Values.objectAt(template, "template", "metadata", "labels")))
                  .build());
      case "configmaps" ->
          Optional.of(
              Layout.named()
                  .text("Data", map -> size(map, "data") + size(map, "binaryData"))
                  .age()
                  .build());
      case "secrets" ->
          Optional.of(
              Layout.named()
                  .text("Type", Cells.at("type"))
                  .number("Data", secret -> size(secret, "data"))
                  .age()
                  .build());
      case "serviceaccounts" ->
          Optional.of(Layout.named().number("Secrets", Cells.size("secrets")).age().build());
      case "namespaces" ->
          Optional.of(Layout.named().text("Status", Cells.at("status.phase")).age().build());
      case "nodes" -> Optional.of(nodes());
      case "events", "events.events.k8s.io" -> Optional.of(EventCells.layout());
      case "resourcequotas" ->
          Optional.of(
              Layout.named()
                  .text("Request", quota -> usage(quota, false))
                  .text("Limit", quota -> usage(quota, true))
                  .age()
                  .build());
      case "limitranges" -> Optional.of(created());
      default -> Optional.empty();
    };
  }

  /** The columns of the kinds that tell their date and not their age. */
  static Layout created() {
    return Layout.named()
        .add(
            Column.of("Created At", "date", 0),
            (object, now) -> Cells.string(object, "metadata.creationTimestamp", ""))
        .build();
  }

  private static Layout nodes() {
    return Layout.named()
        .text("Status", CoreLayouts::nodeStatus)
        .text("Roles", CoreLayouts::roles)
        .age()
        .text("Version", Cells.at("status.nodeInfo.kubeletVersion"))
        .wide("Internal-IP", node -> address(node, "InternalIP"))
        .wide("External-IP", node -> address(node, "ExternalIP"))
        .wide("OS-Image", Cells.at("status.nodeInfo.osImage", Ages.UNKNOWN))
        .wide("Kernel-Version", Cells.at("status.nodeInfo.kernelVersion", Ages.UNKNOWN))
        .wide(
            "Container-Runtime", Cells.at("status.nodeInfo.containerRuntimeVersion", Ages.UNKNOWN))
        .build();
  }

  private static String nodeStatus(Map<String, Object> node) {
    String ready =
        Values.listAt(node, "status", "conditions").stream()
            .filter(condition -> Values.string(condition, "type").orElse("").equals("Ready"))
            .findFirst()
            .map(condition -> Values.string(condition, "status").orElse("").equals("True"))
            .map(isReady -> isReady ? "Ready" : "NotReady")
            .orElse("Unknown");
    boolean closed =
        Values.at(node, "spec", "unschedulable").filter(Boolean.TRUE::equals).isPresent();
    return closed ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(Map<String, Object> node) {
    TreeSet<String> roles = new TreeSet<>();
    Values.objectAt(node, "metadata", "labels")
        .forEach(
            (key, value) -> {
              if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
              } else if (key.equals("kubernetes.io/role") && !value.equals("")) {
                roles.add(String.valueOf(value));
              }
            });
    return Cells.orElse(String.join(",", roles), Cells.NONE);
  }

  private static String address(Map<String, Object> node, String type) {
    return Values.listAt(node, "status", "addresses").stream()
        .filter(address -> Values.string(address, "type").orElse("").equals(type))
        .findFirst()
        .flatMap(address -> Values.string(address, "address"))
        .orElse(Cells.NONE);
  }

  /** Used and hard, of the limits or of all else. */
  private static String usage(Map<String, Object> quota, boolean limits) {
    Map<String, Object> hard = Values.objectAt(quota, "status", "hard");
    List<String> usage =
        new TreeSet<>(hard.keySet())
            .stream()
                .filter(name -> name.startsWith("limits.") == limits)
                .map(
                    name ->
                        "%s: %s/%s"
                            .formatted(
                                name,
                                Values.at(quota, "status", "used", name).orElse("0"),
                                hard.get(name)))
                .toList();
    return String.join(", ", usage);
  }

  private static long size(Map<String, Object> object, String member) {
    return Values.objectAt(object, member).size();
  }
}
