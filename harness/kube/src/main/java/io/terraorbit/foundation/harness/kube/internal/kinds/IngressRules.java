package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Ingresses. */
final class IngressRules implements KindRules {
  @Override
  public Map<String, Object> firstStatus(Map<String, Object> object) {
    return Members.of("loadBalancer", Map.of());
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    List<Object> rules = Values.listAt(spec, "rules");
    Object backend = spec.get("defaultBackend");
    if (rules.isEmpty() && backend == null) {
      errors.add(
          FieldError.invalid(
              "spec", Map.of(), "either `defaultBackend` or `rules` must be specified"));
    }
    if (backend != null) {
      backend(errors, "spec.defaultBackend", backend);
    }
    for (int i = 0; i < rules.size(); i++) {
      String host = Checks.text(rules.get(i), "host");
      String at = "spec.rules[%d]".formatted(i);
      if (host.startsWith("*.")) {
        Checks.subdomain(errors, at + ".host", host.substring(2));
      } else if (!host.isEmpty()) {
        Checks.subdomain(errors, at + ".host", host);
      }
      if (Values.at(rules.get(i), "http").isPresent()) {
        paths(errors, at + ".http.paths", Values.listAt(rules.get(i), "http", "paths"));
      }
    }
    if (!Checks.text(spec, "ingressClassName").isEmpty()) {
      Checks.subdomain(errors, "spec.ingressClassName", Checks.text(spec, "ingressClassName"));
    }
  }

  private static void paths(List<FieldError> errors, String path, List<Object> paths) {
    if (paths.isEmpty()) {
      errors.add(FieldError.required(path, ""));
    }
    for (int i = 0; i < paths.size(); i++) {
      Object one = paths.get(i);
      String at = "%s[%d]".formatted(path, i);
      String type = Checks.text(one, "pathType");
      String value = Checks.text(one, "path");
      if (type.isEmpty()) {
        errors.add(FieldError.required(at + ".pathType", "pathType must be specified"));
      }
      Checks.oneOf(errors, at + ".pathType", type, "Exact", "ImplementationSpecific", "Prefix");
      if (!value.startsWith("/") && (type.equals("Exact") || type.equals("Prefix"))) {
        errors.add(FieldError.invalid(at + ".path", value, "must be an absolute path"));
      }
      backend(errors, at + ".backend", Values.objectAt(one, "backend"));
    }
  }

  private static void backend(List<FieldError> errors, String path, Object backend) {
    boolean service = Values.at(backend, "service").isPresent();
    boolean resource = Values.at(backend, "resource").isPresent();
    if (service && resource) {
      errors.add(FieldError.invalid(path, "", "cannot set both resource and service backends"));
    } else if (service) {
      Map<String, Object> target = Values.objectAt(backend, "service");
      if (Checks.required(errors, path + ".service", target, "name")) {
        Names.label1035Problems(Checks.text(target, "name"))
            .forEach(
                problem ->
                    errors.add(
                        FieldError.invalid(
                            path + ".service.name", Checks.text(target, "name"), problem)));
      }
      boolean named = !Checks.text(target, "port", "name").isEmpty();
      Object number = Values.at(target, "port", "number").orElse(0L);
      if (named && !number.equals(0L)) {
        errors.add(FieldError.invalid(path, "", "cannot set both port name & port number"));
      } else if (!named && number.equals(0L)) {
        errors.add(FieldError.required(path, "port name or number is required"));
      } else if (!named && number instanceof Long port) {
        Checks.port(errors, path + ".service.port.number", port);
      }
    } else if (!resource) {
      errors.add(FieldError.required(path, "resource or service backend is required"));
    }
  }
}
