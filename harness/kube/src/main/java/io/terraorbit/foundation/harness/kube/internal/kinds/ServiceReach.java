package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.schema.Addresses;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From where Services are reached: their addresses, and what traffic from outside needs. */
final class ServiceReach {
  private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";

  private ServiceReach() {}

  /** What only the old type of a Service had use for goes, unless it was set anew. */
  static Map<String, Object> withoutLeftovers(
      Map<String, Object> service, Map<String, Object> before) {
    Map<String, Object> now = Values.objectAt(service, "spec");
    Map<String, Object> old = Values.objectAt(before, "spec");
    List<String> leftovers = new ArrayList<>();
    if (balanced(old) && !balanced(now)) {
      leftovers.addAll(List.of("allocateLoadBalancerNodePorts", "loadBalancerClass"));
    }
    if (outside(old) && !outside(now)) {
      leftovers.add("externalTrafficPolicy");
    }
    if (checked(old) && !checked(now)) {
      leftovers.add("healthCheckNodePort");
    }
    if (!external(old) && external(now)) {
      leftovers.add("internalTrafficPolicy");
    }
    Map<String, Object> rest = service;
    for (String member : leftovers) {
      if (Values.at(now, member).equals(Values.at(old, member))) {
        rest = Values.without(rest, "spec", member);
      }
    }
    return rest;
  }

  static void check(Map<String, Object> spec, List<FieldError> errors) {
    if (!external(spec)) {
      addresses(spec, errors);
    }
    sources(spec, errors);
    if (!balanced(spec)) {
      for (String member : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
        if (spec.get(member) != null) {
          errors.add(FieldError.forbidden("spec." + member, ONLY_BALANCED));
        }
      }
    }
    traffic(spec, errors);
  }

  /** What a balancer keeps as long as it is one. */
  static void checkChange(
      Map<String, Object> spec, Map<String, Object> before, List<FieldError> errors) {
    if (checked(spec)
        && checked(before)
        && !Values.at(spec, "healthCheckNodePort")
            .equals(Values.at(before, "healthCheckNodePort"))) {
      errors.add(FieldError.forbidden("spec.healthCheckNodePort", "field is immutable"));
    }
    String balancer = Checks.text(spec, "loadBalancerClass");
    if (balanced(spec)
        && balanced(before)
        && !balancer.equals(Checks.text(before, "loadBalancerClass"))) {
      errors.add(FieldError.invalid("spec.loadBalancerClass", balancer, "may not change once set"));
    }
  }

  private static void addresses(Map<String, Object> spec, List<FieldError> errors) {
    String path = "spec.clusterIPs";
    List<Object> listed = Values.listAt(spec, "clusterIPs");
    String first = Checks.text(spec, "clusterIP");
    if (!first.isEmpty() && !listed.isEmpty() && !listed.get(0).equals(first)) {
      errors.add(FieldError.invalid(path, listed, "first value must match `clusterIP`"));
    } else if (first.isEmpty() && !listed.isEmpty()) {
      errors.add(
          FieldError.invalid(path, listed, "must be empty when `clusterIP` is not specified"));
    }
    boolean sound = true;
    List<Object> all = listed.isEmpty() && !first.isEmpty() ? List.of(first) : listed;
    for (int i = 0; i < all.size(); i++) {
      String address = String.valueOf(all.get(i));
      if (i == 0 && address.equals("None")) {
        if (all.size() > 1) {
          sound = false;
          errors.add(FieldError.invalid(path, all, "'None' must be the first and only value"));
        }
      } else if (!Addresses.isIp(address)) {
        sound = false;
        errors.add(
            FieldError.invalid(
                path + "[" + i + "]",
                address,
                "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
      }
    }
    if (all.size() > 2) {
      errors.add(FieldError.invalid(path, all, "may only hold up to 2 values"));
    }
    if (!sound) {
      return;
    }
    if (all.size() > 1 && all.stream().filter(ServiceReach::isLong).count() != 1) {
      errors.add(
          FieldError.invalid(path, all, "may specify no more than one IP for each IP family"));
    }
    families(spec, all, errors);
  }

  private static void families(
      Map<String, Object> spec, List<Object> addresses, List<FieldError> errors) {
    List<Object> families = Values.listAt(spec, "ipFamilies");
    for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
      Object address = addresses.get(i);
      boolean wantsLong = families.get(i).equals("IPv6");
      if (!address.equals("None") && isLong(address) != wantsLong) {
        errors.add(
            FieldError.invalid(
                "spec.clusterIPs[%d]".formatted(i),
                address,
                "expected an %s value as indicated by `ipFamilies[%d]`"
                    .formatted(families.get(i), i)));
      }
    }
  }

  private static boolean isLong(Object address) {
    return String.valueOf(address).indexOf(':') >= 0;
  }

  private static void sources(Map<String, Object> spec, List<FieldError> errors) {
    String path = "spec.LoadBalancerSourceRanges"; // with that capital in the real server, too
    List<Object> ranges = Values.listAt(spec, "loadBalancerSourceRanges");
    if (!ranges.isEmpty() && !balanced(spec)) {
      errors.add(FieldError.forbidden(path, ONLY_BALANCED));
    }
    for (int i = 0; i < ranges.size(); i++) {
      String range = String.valueOf(ranges.get(i)).trim();
      if (!Addresses.isCidr(range)) {
        errors.add(
            FieldError.invalid(
                path + "[" + i + "]",
                range,
                "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
      }
    }
  }

  private static void traffic(Map<String, Object> spec, List<FieldError> errors) {
    String policy = Checks.text(spec, "externalTrafficPolicy");
    if (outside(spec)) {
      Checks.oneOf(errors, "spec.externalTrafficPolicy", policy, "Cluster", "Local");
    } else if (!policy.isEmpty()) {
      errors.add(
          FieldError.invalid(
              "spec.externalTrafficPolicy",
              policy,
              "may only be set for externally-accessible services"));
    }
    Object port = spec.getOrDefault("healthCheckNodePort", 0L);
    if (!checked(spec) && !port.equals(0L)) {
      errors.add(
          FieldError.invalid(
              "spec.healthCheckNodePort",
              port,
              "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is"
                  + " 'Local'"));
    }
  }

  /** Whether traffic from outside of the cluster is taken. */
  static boolean outside(String type, boolean externalIps) {
    return type.equals("NodePort")
        || type.equals("LoadBalancer")
        || (type.equals("ClusterIP") && externalIps);
  }

  private static boolean outside(Map<String, Object> spec) {
    return outside(Checks.text(spec, "type"), !Values.listAt(spec, "externalIPs").isEmpty());
  }

  private static boolean balanced(Map<String, Object> spec) {
    return Checks.text(spec, "type").equals("LoadBalancer");
  }

  private static boolean external(Map<String, Object> spec) {
    return Checks.text(spec, "type").equals("ExternalName");
  }

  /** Whether load balancers ask the nodes if they have something to send traffic to. */
  private static boolean checked(Map<String, Object> spec) {
    return balanced(spec) && Checks.text(spec, "externalTrafficPolicy").equals("Local");
  }
}
