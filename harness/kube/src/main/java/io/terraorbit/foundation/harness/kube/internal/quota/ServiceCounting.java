package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts services, their node ports and their load balancers. */
final class ServiceCounting implements Counting {
  private static final String SERVICES = "services";
  private static final String NODE_PORTS = "services.nodeports";
  private static final String LOAD_BALANCERS = "services.loadbalancers";
  private static final Set<String> NAMES =
      Set.of(ObjectCounting.name(SERVICES), SERVICES, NODE_PORTS, LOAD_BALANCERS);

  @Override
  public boolean counts(String resource) {
    return NAMES.contains(resource);
  }

  @Override
  public Amounts usage(Map<String, Object> service) {
    boolean balanced = type(service).equals("LoadBalancer");
    return Amounts.NONE
        .with(ObjectCounting.name(SERVICES), Quantity.ONE)
        .with(SERVICES, Quantity.ONE)
        .with(LOAD_BALANCERS, Quantity.of(balanced ? 1 : 0))
        .with(NODE_PORTS, Quantity.of(nodePorts(service)));
  }

  @Override
  public boolean onUpdate(String subresource) {
    return subresource.isEmpty();
  }

  /** What is meant counts: at creation no node port has a number yet. */
  private static long nodePorts(Map<String, Object> service) {
    List<Object> ports = Values.listAt(service, "spec", "ports");
    return switch (type(service)) {
      case "NodePort" -> ports.size();
      case "LoadBalancer" ->
          Values.at(service, "spec", "allocateLoadBalancerNodePorts")
                  .filter(Boolean.FALSE::equals)
                  .isPresent()
              ? ports.stream().filter(ServiceCounting::numbered).count()
              : ports.size();
      default -> 0;
    };
  }

  private static boolean numbered(Object port) {
    return Values.at(port, "nodePort").orElse(0L) instanceof Long number && number != 0;
  }

  private static String type(Map<String, Object> service) {
    return Values.string(service, "spec", "type").orElse("");
  }
}
