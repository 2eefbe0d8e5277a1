package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The account, the priority and the tolerations that a Pod has without asking. Stateless. */
final class PodAdmission {
  private static final String ACCOUNTS = "/core/serviceaccounts/";
  private static final String CLASSES = "/scheduling.k8s.io/priorityclasses//";
  private static final List<String> TROUBLES =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
  private static final long TOLERATED_SECONDS = 300;

  private PodAdmission() {}

  static Map<String, Object> create(
      Snapshot<Map<String, Object>> state, ResourceType type, Map<String, Object> pod) {
    return tolerant(prioritized(state, type, accounted(state, type, pod)));
  }

  /** A change that says nothing of what was filled in leaves it. */
  static Map<String, Object> update(Map<String, Object> pod, Map<String, Object> before) {
    Map<String, Object> kept = pod;
    for (String member : List.of("priority", "preemptionPolicy")) {
      Object old = Values.at(before, "spec", member).orElse(null);
      if (old != null && Values.at(pod, "spec", member).isEmpty()) {
        kept = Values.with(kept, old, "spec", member);
      }
    }
    return tolerant(kept);
  }

  private static Map<String, Object> accounted(
      Snapshot<Map<String, Object>> state, ResourceType type, Map<String, Object> pod) {
    String asked = text(pod, "spec", "serviceAccountName");
    String name = asked.isEmpty() ? "default" : asked;
    String namespace = text(pod, "metadata", "namespace");
    Map<String, Object> account =
        state
            .find(ACCOUNTS + namespace + "/" + name)
            .map(Entry::value)
            .orElseThrow(
                () ->
                    Refusals.forbidden(
                        type.subject(text(pod, "metadata", "name")),
                        "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(namespace, name, name)));
    Map<String, Object> accounted =
        Values.with(
            Values.with(pod, name, "spec", "serviceAccountName"), name, "spec", "serviceAccount");
    List<Object> secrets = Values.listAt(account, "imagePullSecrets");
    return secrets.isEmpty() || !Values.listAt(pod, "spec", "imagePullSecrets").isEmpty()
        ? accounted
        : Values.with(accounted, secrets, "spec", "imagePullSecrets");
  }

  private static Map<String, Object> prioritized(
      Snapshot<Map<String, Object>> state, ResourceType type, Map<String, Object> pod) {
    String name = text(pod, "spec", "priorityClassName");
    Map<String, Object> priority = name.isEmpty() ? usual(state) : named(state, type, pod, name);
    Object value = priority.getOrDefault("value", 0L);
    Object asked = Values.at(pod, "spec", "priority").orElse(value);
    if (!asked.equals(value)) {
      throw Refusals.forbidden(
          type.subject(text(pod, "metadata", "name")),
          ("the integer value of priority (%s) must not be provided in pod spec; priority admission"
                  + " controller computed %s from the given PriorityClass name")
              .formatted(asked, value));
    }
    Map<String, Object> prioritized = Values.with(pod, value, "spec", "priority");
    if (name.isEmpty() && priority.containsKey("metadata")) {
      prioritized =
          Values.with(prioritized, text(priority, "metadata", "name"), "spec", "priorityClassName");
    }
    return Values.at(pod, "spec", "preemptionPolicy").isPresent()
        ? prioritized
        : Values.with(
            prioritized,
            priority.getOrDefault("preemptionPolicy", "PreemptLowerPriority"),
            "spec",
            "preemptionPolicy");
  }

  private static Map<String, Object> named(
      Snapshot<Map<String, Object>> state,
      ResourceType type,
      Map<String, Object> pod,
      String name) {
    return state
        .find(CLASSES + name)
        .map(Entry::value)
        .orElseThrow(
            () ->
                Refusals.forbidden(
                    type.subject(text(pod, "metadata", "name")),
                    "no PriorityClass with name %s was found".formatted(name)));
  }

  /** The class of Pods that name none; without a default class, one with nothing in it. */
  private static Map<String, Object> usual(Snapshot<Map<String, Object>> state) {
    return state.list(CLASSES).stream()
        .map(Entry::value)
        .filter(type -> Boolean.TRUE.equals(type.get("globalDefault")))
        .findFirst()
        .orElse(Map.of());
  }

  private static Map<String, Object> tolerant(Map<String, Object> pod) {
    List<Object> tolerations = new ArrayList<>(Values.listAt(pod, "spec", "tolerations"));
    for (String trouble : TROUBLES) {
      if (tolerations.stream().noneMatch(toleration -> covers(toleration, trouble))) {
        Map<String, Object> toleration = new LinkedHashMap<>();
        toleration.put("key", trouble);
        toleration.put("operator", "Exists");
        toleration.put("effect", "NoExecute");
        toleration.put("tolerationSeconds", TOLERATED_SECONDS);
        tolerations.add(toleration);
      }
    }
    return Values.with(pod, List.copyOf(tolerations), "spec", "tolerations");
  }

  private static boolean covers(Object toleration, String trouble) {
    String key = text(toleration, "key");
    String effect = text(toleration, "effect");
    return (key.isEmpty() || key.equals(trouble))
        && (effect.isEmpty() || effect.equals("NoExecute"));
  }

  private static String text(Object object, String... path) {
    return Values.string(object, path).orElse("");
  }
}
