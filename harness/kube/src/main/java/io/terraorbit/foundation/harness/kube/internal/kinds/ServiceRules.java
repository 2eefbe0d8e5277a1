package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services; their addresses are allocated in {@code admission}. */
final class ServiceRules implements KindRules {
  private static final String EXTERNAL_NAME = "ExternalName";
  private static final long AFFINITY_SECONDS = 10_800;
  private static final long MAX_AFFINITY_SECONDS = 86_400;

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(object, service -> fill(service.make("spec")));
  }

  private static void fill(Draft spec) {
    spec.orText("sessionAffinity", "None").orText("type", "ClusterIP");
    if (spec.text("sessionAffinity").equals("None")) {
      spec.remove("sessionAffinityConfig");
    } else {
      spec.make("sessionAffinityConfig")
          .make("clientIP")
          .orElse("timeoutSeconds", AFFINITY_SECONDS);
    }
    spec.each(
        "ports",
        port -> {
          port.orText("protocol", "TCP");
          if (!port.has("targetPort")
              || Long.valueOf(0).equals(port.get("targetPort"))
              || "".equals(port.get("targetPort"))) {
            port.number("port").ifPresent(number -> port.put("targetPort", number));
          }
        });
    String type = spec.text("type");
    boolean external = spec.get("externalIPs") instanceof List<?> ips && !ips.isEmpty();
    if (ServiceReach.outside(type, external)) {
      spec.orText("externalTrafficPolicy", "Cluster");
    }
    if (!type.equals(EXTERNAL_NAME)) {
      spec.orText("internalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      spec.orElse("allocateLoadBalancerNodePorts", true);
    }
  }

  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    return Members.of("loadBalancer", Map.of());
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    String type = Checks.text(spec, "type");
    List<Object> ports = Values.listAt(spec, "ports");
    boolean headless = "None".equals(spec.get("clusterIP"));
    if (ports.isEmpty() && !headless && !type.equals(EXTERNAL_NAME)) {
      errors.add(FieldError.required("spec.ports", ""));
    }
    Checks.oneOf(
        errors, "spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    if (type.equals("LoadBalancer") && headless) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]", "None", "may not be set to 'None' for LoadBalancer services"));
    }
    if (type.equals("NodePort") && headless) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]", "None", "may not be set to 'None' for NodePort services"));
    }
    if (type.equals(EXTERNAL_NAME)) {
      externalName(spec, errors);
    }
    ports(ports, type, errors);
    Checks.labels(errors, "spec.selector", Values.objectAt(spec, "selector"));
    Checks.oneOf(errors, "spec.sessionAffinity", spec.get("sessionAffinity"), "ClientIP", "None");
    if (Values.at(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds").orElse(1L)
            instanceof Long seconds
        && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)) {
      errors.add(
          FieldError.invalid(
              "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
              seconds,
              "must be greater than 0 and less than 86400"));
    }
    Checks.oneOf(
        errors,
        "spec.internalTrafficPolicy",
        spec.get("internalTrafficPolicy"),
        "Cluster",
        "Local");
    ServiceReach.check(spec, errors);
  }

  private static void externalName(Map<String, Object> spec, List<FieldError> errors) {
    for (String address : List.of("clusterIPs", "clusterIP")) {
      Object value = spec.getOrDefault(address, "");
      if (!value.equals("") && !value.equals(List.of())) {
        errors.add(
            FieldError.forbidden(
                "spec." + address, "may not be set when `type` is 'ExternalName'"));
        break;
      }
    }
    String name = Checks.text(spec, "externalName");
    if (name.isEmpty()) {
      errors.add(FieldError.required("spec.externalName", ""));
    } else {
      Checks.subdomain(
          errors,
          "spec.externalName",
          name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }
  }

  private static void ports(List<Object> ports, String type, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Object port = ports.get(i);
      String at = "spec.ports[%d]".formatted(i);
      String name = Checks.text(port, "name");
      if (name.isEmpty()) {
        if (ports.size() > 1) {
          errors.add(FieldError.required(at + ".name", ""));
        }
      } else {
        Checks.label(errors, at + ".name", name);
        Checks.once(errors, at + ".name", name, names);
      }
      Object number = Values.at(port, "port").orElse(0L);
      Checks.port(errors, at + ".port", number instanceof Long value ? value : 0);
      Checks.oneOf(
          errors, at + ".protocol", Values.at(port, "protocol").orElse(""), "SCTP", "TCP", "UDP");
      Checks.portOrName(errors, at + ".targetPort", Values.at(port, "targetPort").orElse(null));
      if (type.equals("ClusterIP") && !Values.at(port, "nodePort").orElse(0L).equals(0L)) {
        errors.add(
            FieldError.forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'"));
      }
      if (!numbers.add(number + "/" + Checks.text(port, "protocol"))) {
        errors.add(
            FieldError.duplicate(
                at, Members.of("port", number, "protocol", Checks.text(port, "protocol"))));
      }
    }
  }

  @Override
  public Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
    return ServiceReach.withoutLeftovers(object, before);
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    ServiceReach.checkChange(
        Values.objectAt(object, "spec"), Values.objectAt(before, "spec"), errors);
    String now = Checks.text(object, "spec", "clusterIP");
    String old = Checks.text(before, "spec", "clusterIP");
    boolean external =
        EXTERNAL_NAME.equals(Checks.text(object, "spec", "type"))
            || EXTERNAL_NAME.equals(Checks.text(before, "spec", "type"));
    if (!external && !old.isEmpty() && !now.equals(old)) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]",
              Values.at(object, "spec", "clusterIPs").orElse(null),
              "may not change once set"));
    }
  }
}
