package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Gives Services their addresses and ports on nodes.
 *
 * <p>What is taken is read off the Services that there are, so nothing has to be released, a dry
 * run takes nothing, and a fork knows what its origin gave away.
 */
final class ServiceAddresses {
  private static final String SERVICES = "/core/services/";
  private static final String HEALTH = "healthCheckNodePort";
  private static final String NONE = "None";
  private static final String EXTERNAL_NAME = "ExternalName";

  private final RandomGenerator random;

  ServiceAddresses(RandomGenerator random) {
    this.random = random;
  }

  Map<String, Object> create(
      Snapshot<Map<String, Object>> state, ResourceType type, Map<String, Object> service) {
    return complete(new Taken(state, service), type, service);
  }

  Map<String, Object> update(
      Snapshot<Map<String, Object>> state,
      ResourceType type,
      Map<String, Object> service,
      Map<String, Object> before) {
    Map<String, Object> kept = kept(service, before);
    return complete(new Taken(state, kept), type, kept);
  }

  private Map<String, Object> complete(
      Taken taken, ResourceType type, Map<String, Object> service) {
    if (text(service, "type").equals(EXTERNAL_NAME)) {
      return service;
    }
    List<FieldError> errors = new ArrayList<>();
    reserve(taken, service);
    Map<String, Object> addressed = addressed(taken, families(service), errors);
    Map<String, Object> complete = checked(taken, ported(taken, addressed, errors));
    if (!errors.isEmpty()) {
      throw Refusals.invalid(
          type.subject(Values.string(service, "metadata", "name").orElse("")), errors);
    }
    return complete;
  }

  /** What a change does not mention stays; what the new type has no use for goes. */
  private static Map<String, Object> kept(Map<String, Object> service, Map<String, Object> before) {
    Map<String, Object> kept = service;
    if (text(service, "type").equals(EXTERNAL_NAME)) {
      for (String member : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        if (Values.at(service, "spec", member).equals(Values.at(before, "spec", member))) {
          kept = Values.without(kept, "spec", member);
        }
      }
      return kept;
    }
    if (text(service, "clusterIP").isEmpty()) {
      for (String member : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        Object old = Values.at(before, "spec", member).orElse(null);
        if (old != null && Values.at(kept, "spec", member).isEmpty()) {
          kept = Values.with(kept, old, "spec", member);
        }
      }
    }
    Object health = Values.at(before, "spec", HEALTH).orElse(0L);
    Object asked = Values.at(service, "spec", HEALTH).orElse(0L);
    if (asksNodes(service) && asksNodes(before) && asked.equals(0L)) {
      kept = Values.with(kept, health, "spec", HEALTH);
    } else if (!asksNodes(service) && asked.equals(health)) {
      kept = Values.without(kept, "spec", HEALTH);
    }
    List<Object> ports = new ArrayList<>();
    for (Object port : Values.listAt(service, "spec", "ports")) {
      ports.add(keptPort(port, service, before));
    }
    return ports.isEmpty() ? kept : Values.with(kept, List.copyOf(ports), "spec", "ports");
  }

  private static Object keptPort(
      Object port, Map<String, Object> service, Map<String, Object> before) {
    Map<String, Object> now = Values.objectAt(port);
    for (Object old : Values.listAt(before, "spec", "ports")) {
      Object number = Values.at(old, "nodePort").orElse(null);
      boolean same =
          Values.at(old, "port").equals(Values.at(port, "port"))
              && Values.at(old, "protocol").equals(Values.at(port, "protocol"));
      if (same && number != null) {
        if (!hasNodePorts(service)) {
          return number.equals(now.get("nodePort")) ? Values.without(now, "nodePort") : now;
        }
        return now.get("nodePort") == null ? Values.with(now, number, "nodePort") : now;
      }
    }
    return port;
  }

  /** The server has one family; only a headless Service without a selector names both. */
  private static Map<String, Object> families(Map<String, Object> service) {
    boolean free =
        text(service, "clusterIP").equals(NONE)
            && Values.objectAt(service, "spec", "selector").isEmpty();
    Map<String, Object> known = service;
    if (Values.at(service, "spec", "ipFamilies").isEmpty()) {
      List<Object> families =
          free && !text(service, "ipFamilyPolicy").equals("SingleStack")
              ? List.of("IPv4", "IPv6")
              : List.of("IPv4");
      known = Values.with(known, families, "spec", "ipFamilies");
    }
    return Values.at(service, "spec", "ipFamilyPolicy").isPresent()
        ? known
        : Values.with(known, free ? "RequireDualStack" : "SingleStack", "spec", "ipFamilyPolicy");
  }

  private Map<String, Object> addressed(
      Taken taken, Map<String, Object> service, List<FieldError> errors) {
    String asked = text(service, "clusterIP");
    List<Object> listed = Values.listAt(service, "spec", "clusterIPs");
    String wanted = asked.isEmpty() && !listed.isEmpty() ? String.valueOf(listed.get(0)) : asked;
    if (wanted.equals(NONE)) {
      return withAddress(service, NONE);
    }
    if (wanted.isEmpty()) {
      return withAddress(service, taken.freeAddress(random));
    }
    taken.addressProblem(wanted).ifPresent(errors::add);
    return withAddress(service, wanted);
  }

  private static Map<String, Object> withAddress(Map<String, Object> service, String address) {
    return Values.with(
        Values.with(service, address, "spec", "clusterIP"), List.of(address), "spec", "clusterIPs");
  }

  private Map<String, Object> ported(
      Taken taken, Map<String, Object> service, List<FieldError> errors) {
    if (!hasNodePorts(service)) {
      return service;
    }
    boolean allocate =
        Values.at(service, "spec", "allocateLoadBalancerNodePorts")
            .filter(Boolean.FALSE::equals)
            .isEmpty();
    List<Object> ports = new ArrayList<>();
    List<Object> wanted = Values.listAt(service, "spec", "ports");
    for (int i = 0; i < wanted.size(); i++) {
      Map<String, Object> port = Values.objectAt(wanted.get(i));
      Object number = port.getOrDefault("nodePort", 0L);
      String protocol = Values.string(port, "protocol").orElse("TCP");
      if (!(number instanceof Long asked) || asked == 0) {
        ports.add(
            allocate ? Values.with(port, taken.freePort(random, protocol), "nodePort") : port);
      } else {
        taken
            .portProblem("spec.ports[%d].nodePort".formatted(i), asked, protocol)
            .ifPresent(errors::add);
        ports.add(port);
      }
    }
    return Values.with(service, List.copyOf(ports), "spec", "ports");
  }

  /**
   * A balancer that spares Nodes without Pods asks each Node at a port for it. One that is asked
   * for is taken before others are given away.
   */
  private static void reserve(Taken taken, Map<String, Object> service) {
    if (asksNodes(service)
        && Values.at(service, "spec", HEALTH).orElse(0L) instanceof Long asked
        && asked != 0
        && taken.portProblem("", asked, "TCP").isPresent()) {
      throw Refusals.internal(
          "failed to allocate requested HealthCheck NodePort %d: provided port is already allocated"
              .formatted(asked));
    }
  }

  private Map<String, Object> checked(Taken taken, Map<String, Object> service) {
    return asksNodes(service) && Values.at(service, "spec", HEALTH).orElse(0L).equals(0L)
        ? Values.with(service, taken.freePort(random, "TCP"), "spec", HEALTH)
        : service;
  }

  private static boolean asksNodes(Map<String, Object> service) {
    return text(service, "type").equals("LoadBalancer")
        && text(service, "externalTrafficPolicy").equals("Local");
  }

  private static boolean hasNodePorts(Map<String, Object> service) {
    return List.of("NodePort", "LoadBalancer").contains(text(service, "type"));
  }

  private static String text(Map<String, Object> service, String member) {
    return Values.string(service, "spec", member).orElse("");
  }

  static Iterable<Entry<Map<String, Object>>> others(Snapshot<Map<String, Object>> state) {
    return state.list(SERVICES);
  }
}
