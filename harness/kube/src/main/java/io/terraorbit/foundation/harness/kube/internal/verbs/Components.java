package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a cluster, which {@code componentstatuses} tells of. They are never stored; as they
 * are all in this process, whoever can ask finds them well.
 */
final class Components {
  private static final List<String> NAMES = List.of("scheduler", "controller-manager", "etcd-0");

  private Components() {}

  /** Whether objects of a kind are components. */
  static boolean are(ResourceType type) {
    return type.prefix().equals("/core/componentstatuses/");
  }

  static Map<String, Object> get(Target target) {
    if (!NAMES.contains(target.name())) {
      throw Refusals.notFound(
          new Subject("", "componentstatus", target.type().kind(), target.name()));
    }
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("kind", target.type().kind());
    component.put("apiVersion", target.type().apiVersion());
    component.putAll(well(target.name()));
    return component;
  }

  static Map<String, Object> list(ResourceType type, ListOptions options) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", type.listKind());
    list.put("apiVersion", type.apiVersion());
    list.put("metadata", Map.of());
    list.put("items", NAMES.stream().map(Components::well).filter(options::selects).toList());
    return list;
  }

  private static Map<String, Object> well(String name) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", "Healthy");
    condition.put("status", "True");
    condition.put("message", "ok");
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("metadata", Map.of("name", name));
    component.put("conditions", List.of(condition));
    return component;
  }
}
