package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What new objects are marked with until somebody else has done their part. Stateless. */
final class Marks {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";

  private Marks() {}

  /** A Node is not ready until it says so. */
  static Map<String, Object> tainted(Map<String, Object> node) {
    List<Object> taints = new ArrayList<>(Values.listAt(node, "spec", "taints"));
    boolean marked =
        taints.stream()
            .anyMatch(
                taint ->
                    Values.string(taint, "key").orElse("").equals(NOT_READY)
                        && Values.string(taint, "effect").orElse("").equals("NoSchedule"));
    if (marked) {
      return node;
    }
    Map<String, Object> taint = new LinkedHashMap<>();
    taint.put("key", NOT_READY);
    taint.put("effect", "NoSchedule");
    taints.add(taint);
    return Values.with(node, List.copyOf(taints), "spec", "taints");
  }

  /** Something is not to go while it is in use. */
  static Map<String, Object> kept(Map<String, Object> object, String finalizer) {
    List<Object> finalizers = new ArrayList<>(Values.listAt(object, "metadata", "finalizers"));
    if (finalizers.contains(finalizer)) {
      return object;
    }
    finalizers.add(finalizer);
    return Values.with(object, List.copyOf(finalizers), "metadata", "finalizers");
  }
}
