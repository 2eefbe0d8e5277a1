package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of Services and of what is about them. */
final class NetworkLayouts {
  private static final int SHOWN = 3;

  private NetworkLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "services" -> Optional.of(services());
      case "endpoints" ->
          Optional.of(Layout.named().text("Endpoints", NetworkLayouts::addresses).age().build());
      case "endpointslices.discovery.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("AddressType", Cells.at("addressType"))
                  .text("Ports", NetworkLayouts::slicePorts)
                  .text("Endpoints", NetworkLayouts::sliceAddresses)
                  .age()
                  .build());
      case "ingresses.networking.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("Class", Cells.at("spec.ingressClassName", Cells.NONE))
                  .text("Hosts", NetworkLayouts::hosts)
                  .text("Address", NetworkLayouts::balanced)
                  .text(
                      "Ports",
                      ingress -> Values.listAt(ingress, "spec", "tls").isEmpty() ? "80" : "80, 443")
                  .age()
                  .build());
      case "ingressclasses.networking.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("Controller", Cells.at("spec.controller"))
                  .text("Parameters", NetworkLayouts::parameters)
                  .age()
                  .build());
      case "networkpolicies.networking.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text(
                      "Pod-Selector",
                      policy -> Cells.selector(Values.objectAt(policy, "spec", "podSelector")))
                  .age()
                  .build());
      case "ipaddresses.networking.k8s.io" ->
          Optional.of(Layout.named().text("ParentRef", NetworkLayouts::parent).age().build());
      case "servicecidrs.networking.k8s.io" ->
          Optional.of(Layout.named().text("CIDRs", Cells.joined("spec.cidrs", "")).age().build());
      default -> Optional.empty();
    };
  }

  private static Layout services() {
    return Layout.named()
        .text("Type", Cells.at("spec.type"))
        .text("Cluster-IP", NetworkLayouts::clusterIp)
        .text("External-IP", NetworkLayouts::externalIp)
        .text("Port(s)", NetworkLayouts::ports)
        .age()
        .wide("Selector", service -> Cells.labels(Values.objectAt(service, "spec", "selector")))
        .build();
  }

  private static String clusterIp(Map<String, Object> service) {
    return Values.listAt(service, "spec", "clusterIPs").stream()
        .findFirst()
        .map(String::valueOf)
        .orElse(Cells.string(service, "spec.clusterIP", Cells.NONE));
  }

  private static String externalIp(Map<String, Object> service) {
    List<String> external =
        Values.listAt(service, "spec", "externalIPs").stream().map(String::valueOf).toList();
    String own = Cells.orElse(String.join(",", external), Cells.NONE);
    switch (Cells.string(service, "spec.type", "")) {
      case "LoadBalancer" -> {
        String balanced = balanced(service);
        String all =
            Cells.join(
                Stream.concat(Stream.of(balanced), external.stream()).filter(ip -> !ip.isEmpty()),
                ",");
        return Cells.orElse(all, "<pending>");
      }
      case "ExternalName" -> {
        return Cells.string(service, "spec.externalName", "");
      }
      default -> {
        return own;
      }
    }
  }

  private static String ports(Map<String, Object> service) {
    String ports =
        Cells.join(
            Values.listAt(service, "spec", "ports").stream()
                .map(
                    port -> {
                      long node = Cells.number(port, "nodePort", 0);
                      return Cells.number(port, "port", 0)
                          + (node > 0 ? ":" + node : "")
                          + "/"
                          + Values.string(port, "protocol").orElse("TCP");
                    }),
            ",");
    return Cells.orElse(ports, Cells.NONE);
  }

  /** Where a load balancer listens. */
  private static String balanced(Map<String, Object> object) {
    Set<String> addresses = new LinkedHashSet<>();
    for (Object ingress : Values.listAt(object, "status", "loadBalancer", "ingress")) {
      Values.string(ingress, "ip")
          .filter(ip -> !ip.isEmpty())
          .or(() -> Values.string(ingress, "hostname"))
          .ifPresent(addresses::add);
    }
    return String.join(",", addresses);
  }

  private static String addresses(Map<String, Object> endpoints) {
    List<Object> subsets = Values.listAt(endpoints, "subsets");
    List<String> all = new ArrayList<>();
    for (Object subset : subsets) {
      List<Object> ports = Values.listAt(subset, "ports");
      List<Object> addresses = Values.listAt(subset, "addresses");
      if (ports.isEmpty()) {
        addresses.forEach(address -> all.add(Values.string(address, "ip").orElse("")));
      }
      for (Object port : ports) {
        addresses.forEach(
            address ->
                all.add(
                    host(Values.string(address, "ip").orElse(""))
                        + ":"
                        + Cells.number(port, "port", 0)));
      }
    }
    return subsets.isEmpty() ? Cells.NONE : cut(all, ",");
  }

  private static String slicePorts(Map<String, Object> slice) {
    List<Object> ports = Values.listAt(slice, "ports");
    if (ports.isEmpty()) {
      return Cells.UNSET;
    }
    return cut(
        ports.stream()
            .map(port -> Values.at(port, "port").map(String::valueOf).orElse("*"))
            .toList(),
        ",");
  }

  private static String sliceAddresses(Map<String, Object> slice) {
    List<Object> endpoints = Values.listAt(slice, "endpoints");
    if (endpoints.isEmpty()) {
      return Cells.UNSET;
    }
    return cut(
        endpoints.stream()
            .flatMap(endpoint -> Values.listAt(endpoint, "addresses").stream())
            .map(String::valueOf)
            .toList(),
        ",");
  }

  private static String cut(List<String> all, String comma) {
    return all.size() <= SHOWN
        ? String.join(comma, all)
        : String.join(comma, all.subList(0, SHOWN)) + " + " + (all.size() - SHOWN) + " more...";
  }

  private static String host(String ip) {
    return ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
  }

  private static String hosts(Map<String, Object> ingress) {
    List<String> hosts =
        Values.listAt(ingress, "spec", "rules").stream()
            .flatMap(rule -> Values.string(rule, "host").stream())
            .filter(host -> !host.isEmpty())
            .toList();
    return hosts.isEmpty() ? "*" : cut(hosts, ",");
  }

  private static String parameters(Map<String, Object> ingressClass) {
    Map<String, Object> parameters = Values.objectAt(ingressClass, "spec", "parameters");
    if (parameters.isEmpty()) {
      return Cells.NONE;
    }
    String group = Values.string(parameters, "apiGroup").map(name -> "." + name).orElse("");
    return Values.string(parameters, "kind").orElse("")
        + group
        + "/"
        + Values.string(parameters, "name").orElse("");
  }

  private static String parent(Map<String, Object> address) {
    Map<String, Object> parent = Values.objectAt(address, "spec", "parentRef");
    String group =
        Values.string(parent, "group").filter(name -> !name.isEmpty()).map(n -> "." + n).orElse("");
    String namespace = Values.string(parent, "namespace").map(name -> name + "/").orElse("");
    return Values.string(parent, "resource").orElse("")
        + group
        + "/"
        + namespace
        + Values.string(parent, "name").orElse("");
  }
}
