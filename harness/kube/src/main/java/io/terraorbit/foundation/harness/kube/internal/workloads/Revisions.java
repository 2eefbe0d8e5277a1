package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ReplicaSets of a Deployment: one for each template that it had. */
final class Revisions {
  static final String HASH = "pod-template-hash";
  static final String REVISION = "deployment.kubernetes.io/revision";

  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MOST = "deployment.kubernetes.io/max-replicas";
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Revisions() {}

  /** Oldest first. */
  static List<Map<String, Object>> of(Objects objects, Map<String, Object> deployment) {
    return objects.owned(Kind.REPLICA_SET, Fields.uid(deployment)).stream()
        .filter(set -> Fields.controlledBy(set, deployment))
        .sorted(
            Comparator.<Map<String, Object>>comparingLong(Revisions::number)
                .thenComparing(Fields::name))
        .toList();
  }

  static long number(Map<String, Object> object) {
    String text = Fields.annotation(object, REVISION);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** The one that has the Deployment's template, whatever its name is. */
  static Optional<Map<String, Object>> current(
      List<Map<String, Object>> sets, Map<String, Object> deployment) {
    Map<String, Object> wanted = Values.objectAt(deployment, "spec", "template");
    return sets.stream()
        .filter(
            set ->
                Values.without(Values.objectAt(set, "spec", "template"), "metadata", "labels", HASH)
                    .equals(wanted))
        .findFirst();
  }

  /** A new one, with no replicas yet. */
  static Map<String, Object> make(Map<String, Object> deployment, long revision, long mostPods) {
    long collisions = Fields.number(deployment, "status", "collisionCount");
    Map<String, Object> template = Values.objectAt(deployment, "spec", "template");
    String hash = TemplateHash.of(template, collisions);
    Map<String, Object> hashed = Values.with(template, hash, "metadata", "labels", HASH);
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("apiVersion", Kind.REPLICA_SET.apiVersion());
    set.put("kind", Kind.REPLICA_SET.kind());
    set.put(
        "metadata",
        Fields.members(
            "name",
            Fields.name(deployment) + "-" + hash,
            "namespace",
            Fields.namespace(deployment),
            "labels",
            Values.objectAt(hashed, "metadata", "labels"),
            "annotations",
            annotations(deployment, revision, mostPods),
            "ownerReferences",
            Fields.controlling(Kind.DEPLOYMENT, deployment)));
    Map<String, Object> spec =
        Fields.members(
            "minReadySeconds",
            Fields.number(deployment, "spec", "minReadySeconds"),
            "selector",
            Values.with(Values.objectAt(deployment, "spec", "selector"), hash, "matchLabels", HASH),
            "template",
            hashed);
    spec.put("replicas", 0L);
    set.put("spec", spec);
    return set;
  }

  /** A set with other replicas, and what clients read off it about the Deployment. */
  static Map<String, Object> scaled(
      Map<String, Object> set, Map<String, Object> deployment, long replicas, long mostPods) {
    Map<String, Object> scaled = Values.with(set, replicas, "spec", "replicas");
    for (Map.Entry<String, Object> note :
        annotations(deployment, number(set), mostPods).entrySet()) {
      scaled = Values.with(scaled, note.getValue(), "metadata", "annotations", note.getKey());
    }
    return scaled;
  }

  static Map<String, Object> renumbered(Map<String, Object> object, long revision) {
    return Values.with(object, String.valueOf(revision), "metadata", "annotations", REVISION);
  }

  private static Map<String, Object> annotations(
      Map<String, Object> deployment, long revision, long mostPods) {
    Map<String, Object> annotations =
        new LinkedHashMap<>(Values.objectAt(deployment, "metadata", "annotations"));
    annotations.remove(LAST_APPLIED);
    annotations.put(REVISION, String.valueOf(revision));
    annotations.put(DESIRED, String.valueOf(Fields.number(deployment, "spec", "replicas")));
    annotations.put(MOST, String.valueOf(mostPods));
    return annotations;
  }
}
