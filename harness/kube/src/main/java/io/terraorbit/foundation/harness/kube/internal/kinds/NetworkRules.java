package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** NetworkPolicies, EndpointSlices and Endpoints. */
enum NetworkRules implements KindRules {
  POLICY {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          policy -> {
            Draft spec = policy.make("spec");
            spec.make("podSelector");
            for (String direction : List.of("ingress", "egress")) {
              spec.each(
                  direction, rule -> rule.each("ports", port -> port.orText("protocol", "TCP")));
            }
            if (!spec.has("policyTypes")) {
              boolean egress = spec.get("egress") instanceof List<?> list && !list.isEmpty();
              spec.put("policyTypes", egress ? List.of("Ingress", "Egress") : List.of("Ingress"));
            }
          });
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Checks.selector(errors, "spec.podSelector", Values.objectAt(object, "spec", "podSelector"));
      List<Object> types = Values.listAt(object, "spec", "policyTypes");
      if (types.size() > 2) {
        errors.add(
            FieldError.invalid(
                "spec.policyTypes", types, "may not specify more than two policyTypes"));
        return;
      }
      for (int i = 0; i < types.size(); i++) {
        Checks.oneOf(
            errors, "spec.policyTypes[%d]".formatted(i), types.get(i), "Egress", "Ingress");
      }
      rules(errors, "spec.ingress", Values.listAt(object, "spec", "ingress"), "from");
      rules(errors, "spec.egress", Values.listAt(object, "spec", "egress"), "to");
    }
  },
  ENDPOINT_SLICE {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          slice ->
              slice.each(
                  "ports",
                  port -> {
                    port.orElse("name", "");
                    port.orText("protocol", "TCP");
                  }));
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      String type = Checks.text(object, "addressType");
      if (type.isEmpty()) {
        errors.add(FieldError.required("addressType", ""));
      }
      Checks.oneOf(errors, "addressType", type, "FQDN", "IPv4", "IPv6");
      List<Object> endpoints = Values.listAt(object, "endpoints");
      if (endpoints.size() > MAX_ENDPOINTS) {
        errors.add(FieldError.tooMany("endpoints", endpoints.size(), MAX_ENDPOINTS));
      }
      for (int i = 0; i < endpoints.size(); i++) {
        if (Values.listAt(endpoints.get(i), "addresses").isEmpty()) {
          errors.add(
              FieldError.required(
                  "endpoints[%d].addresses".formatted(i), "must contain at least 1 address"));
        }
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      Checks.immutable(errors, object, before, "addressType");
    }

    @Override
    public Object counted(Map<String, Object> object) {
      List<Object> all = new ArrayList<>(Values.listAt(object, "endpoints"));
      all.addAll(Values.listAt(object, "ports"));
      return all;
    }
  },
  ENDPOINTS {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      return Draft.change(
          object,
          endpoints ->
              endpoints.each(
                  "subsets",
                  subset -> subset.each("ports", port -> port.orText("protocol", "TCP"))));
    }
  };

  private static final int MAX_ENDPOINTS = 1000;

  private static void rules(
      List<FieldError> errors, String path, List<Object> rules, String peers) {
    for (int i = 0; i < rules.size(); i++) {
      List<Object> ports = Values.listAt(rules.get(i), "ports");
      for (int j = 0; j < ports.size(); j++) {
        String at = "%s[%d].ports[%d]".formatted(path, i, j);
        Checks.oneOf(
            errors,
            at + ".protocol",
            Values.at(ports.get(j), "protocol").orElse(""),
            "SCTP",
            "TCP",
            "UDP");
        Values.at(ports.get(j), "port")
            .ifPresent(port -> Checks.portOrName(errors, at + ".port", port));
      }
      List<Object> others = Values.listAt(rules.get(i), peers);
      for (int j = 0; j < others.size(); j++) {
        if (Values.objectAt(rules.get(i)).isEmpty() || others.get(j).equals(Map.of())) {
          errors.add(
              FieldError.required(
                  "%s[%d].%s[%d]".formatted(path, i, peers, j), "must specify a peer"));
        }
      }
    }
  }
}
