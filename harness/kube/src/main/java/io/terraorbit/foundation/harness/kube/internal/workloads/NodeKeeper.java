package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Says of Nodes that nobody has said anything of that they are ready, and lets Pods onto them. */
final class NodeKeeper implements Controller {
  private static final String BY = "node-controller";
  private static final String NOT_READY = "node.kubernetes.io/not-ready";

  @Override
  public void reconcile(Objects objects, Map<String, Object> node, Alarm alarm) {
    if (Fields.condition(node, "Ready").isEmpty()) {
      List<Object> conditions =
          Fields.withCondition(
              Values.listAt(node, "status", "conditions"),
              Fields.members(
                  "type", "Ready",
                  "status", "True",
                  "lastHeartbeatTime", objects.now().toString(),
                  "lastTransitionTime", objects.now().toString(),
                  "reason", "KubeletReady",
                  "message", "kubelet is posting ready status"));
      objects.updateStatus(Kind.NODE, Values.with(node, conditions, "status", "conditions"), BY);
    }
    List<Object> taints = Values.listAt(node, "spec", "taints");
    List<Object> left =
        taints.stream()
            .filter(taint -> !Values.string(taint, "key").orElse("").equals(NOT_READY))
            .toList();
    if (left.size() < taints.size()
        && !Fields.text(Fields.condition(node, "Ready"), "status").equals("False")) {
      objects.update(
          Kind.NODE,
          left.isEmpty()
              ? Values.without(node, "spec", "taints")
              : Values.with(node, left, "spec", "taints"),
          BY);
    }
  }
}
