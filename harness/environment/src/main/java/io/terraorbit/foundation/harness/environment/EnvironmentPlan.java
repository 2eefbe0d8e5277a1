package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.time.TimeSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * What an environment is to be made of. Immutable.
 *
 * @param services what runs
 * @param kinds how a service runs, where it is not {@code embedded}
 * @param ports the port a service listens on, where it is not any free one
 * @param links makes the links; the environment closes it
 * @param providers who can start backends
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record EnvironmentPlan(
    Set<Service> services,
    Map<Service, String> kinds,
    Map<Service, Integer> ports,
    LinkFactory links,
    TimeSource time,
    List<BackendProvider> providers) {
  /** How a service runs unless the plan says otherwise. */
  public static final String DEFAULT_KIND = "embedded";

  public EnvironmentPlan {
    services = Set.copyOf(services);
    kinds = Map.copyOf(kinds);
    ports = Map.copyOf(ports);
    providers = List.copyOf(providers);
  }

  /** These services, embedded, on free ports, with direct links. */
  public static EnvironmentPlan of(Set<Service> services) {
    return new EnvironmentPlan(
        services.isEmpty() ? EnumSet.noneOf(Service.class) : services,
        Map.of(),
        Map.of(),
        new DirectLinks(),
        TimeSource.system(),
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  public EnvironmentPlan withKind(Service service, String kind) {
    return new EnvironmentPlan(services, plus(kinds, service, kind), ports, links, time, providers);
  }

  public EnvironmentPlan withPort(Service service, int port) {
    return new EnvironmentPlan(services, kinds, plus(ports, service, port), links, time, providers);
  }

  public EnvironmentPlan withLinks(LinkFactory newLinks) {
    return new EnvironmentPlan(services, kinds, ports, newLinks, time, providers);
  }

  public EnvironmentPlan withProviders(List<BackendProvider> newProviders) {
    return new EnvironmentPlan(services, kinds, ports, links, time, newProviders);
  }

  private static <V> Map<Service, V> plus(Map<Service, V> map, Service key, V value) {
    Map<Service, V> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return copy;
  }
}
