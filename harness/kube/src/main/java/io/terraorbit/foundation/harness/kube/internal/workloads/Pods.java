package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What controllers ask of Pods, and how they make them. */
final class Pods {
  private static final List<String> ENDED = List.of("Succeeded", "Failed");

  private Pods() {}

  /** Whether it runs or will; what ends or has ended does not count. */
  static boolean active(Map<String, Object> pod) {
    return !Fields.deleting(pod) && !ENDED.contains(phase(pod));
  }

  static String phase(Map<String, Object> pod) {
    return Fields.text(pod, "status", "phase");
  }

  static boolean ready(Map<String, Object> pod) {
    return Fields.holds(pod, "Ready");
  }

  static boolean available(Map<String, Object> pod, long minReadySeconds, Instant now) {
    return ready(pod) && !readyAt(pod, minReadySeconds).isAfter(now);
  }

  /** When a Pod that is ready has been so for long enough. */
  static Instant readyAt(Map<String, Object> pod, long minReadySeconds) {
    String since = Fields.text(Fields.condition(pod, "Ready"), "lastTransitionTime");
    return since.isEmpty()
        ? Instant.MAX
        : Instant.parse(since).plus(Duration.ofSeconds(minReadySeconds));
  }

  /**
   * A Pod of an owner's template.
   *
   * @param naming {@code name} or {@code generateName}, with its value
   */
  static Map<String, Object> of(
      Kind kind, Map<String, Object> owner, Map.Entry<String, String> naming) {
    Map<String, Object> template = Values.objectAt(owner, "spec", "template");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(naming.getKey(), naming.getValue());
    metadata.put("namespace", Fields.namespace(owner));
    for (String part : List.of("labels", "annotations", "finalizers")) {
      Values.at(template, "metadata", part).ifPresent(value -> metadata.put(part, value));
    }
    metadata.put("ownerReferences", Fields.controlling(kind, owner));
    Map<String, Object> pod = new LinkedHashMap<>();
    pod.put("apiVersion", Kind.POD.apiVersion());
    pod.put("kind", Kind.POD.kind());
    pod.put("metadata", metadata);
    pod.put("spec", Values.objectAt(template, "spec"));
    return pod;
  }
}
