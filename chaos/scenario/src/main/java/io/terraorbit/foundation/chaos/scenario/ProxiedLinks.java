package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.proxy.ChaosProxy;
import io.terraorbit.foundation.chaos.proxy.Direction;
import io.terraorbit.foundation.chaos.proxy.Proxy;
import io.terraorbit.foundation.chaos.proxy.ProxyObserver;
import io.terraorbit.foundation.chaos.proxy.Toxic;
import io.terraorbit.foundation.chaos.proxy.ToxicSpec;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.Link;
import io.terraorbit.foundation.harness.environment.LinkFactory;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Links through a fault proxy, one proxy for each pair of client and service. Safe for many
 * threads.
 *
 * <p>A fault on a service acts on all links to it, also on those that are opened later, until it is
 * healed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ProxiedLinks implements LinkFactory {
  private final ChaosProxy server;
  private final Set<ProxiedLink> links = new LinkedHashSet<>();
  private final Map<String, ServiceToxic> toxics = new LinkedHashMap<>();

  /** Hears that a fault acted on a connection for the first time; called on the proxy's threads. */
  @FunctionalInterface
  public interface HitListener {
    /**
     * A fault damaged a connection.
     *
     * @param connection the connection's number on its link, from 1
     */
    void hit(String faultId, String client, Service service, long connection);
  }

  private ProxiedLinks(ChaosProxy server) {
    this.server = server;
  }

  /**
   * Starts a proxy server without an HTTP interface; {@link #close} ends it.
   *
   * @param seed of toxicity and jitter
   */
  public static ProxiedLinks open(long seed, TimeSource time, HitListener listener) {
    return new ProxiedLinks(
        ChaosProxy.builder().apiPort(-1).seed(seed).time(time).observer(new Hits(listener)).open());
  }

  /**
   * Looks at a toxic without using it.
   *
   * @throws AppException if its type or an attribute is unknown or wrong
   */
  static void check(Action.LinkToxic toxic) {
    Toxic.of(toxic.type(), toxic.attributes());
  }

  @Override
  public synchronized Link open(String client, Service service, Endpoint upstream) {
    Proxy proxy = server.create(name(client, service), "127.0.0.1:0", upstream.toString());
    ProxiedLink link = new ProxiedLink(client, service, proxy);
    toxics.values().stream()
        .filter(toxic -> toxic.service == service)
        .forEach(toxic -> proxy.add(toxic.spec));
    links.add(link);
    return link;
  }

  /** Begins to disturb all links to a service. */
  public synchronized void add(String faultId, Service service, Action.LinkToxic toxic) {
    ToxicSpec spec =
        new ToxicSpec(
            faultId,
            toxic.stream().equals("upstream") ? Direction.UPSTREAM : Direction.DOWNSTREAM,
            toxic.toxicity(),
            Toxic.of(toxic.type(), toxic.attributes()));
    toxics.put(faultId, new ServiceToxic(service, spec));
    links.stream().filter(link -> link.service == service).forEach(link -> link.proxy.add(spec));
  }

  /** Ends a disturbance; nothing happens when there is none of that name. */
  public synchronized void remove(String faultId) {
    ServiceToxic removed = toxics.remove(faultId);
    if (removed != null) {
      links.stream()
          .filter(link -> link.service == removed.service)
          .forEach(link -> link.proxy.remove(faultId));
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized void forget(ProxiedLink link) {
    links.remove(link);
  }

  private static String name(String client, Service service) {
    return client + "/" + service.key();
  }

  private record ServiceToxic(Service service, ToxicSpec spec) {}

  private record Hits(HitListener listener) implements ProxyObserver {
    @Override
    public void toxicHit(Proxy proxy, String toxicName, long connectionId) {
      int slash = proxy.name().lastIndexOf('/');
      Service.ofKey(proxy.name().substring(slash + 1))
          .ifPresent(
              service ->
                  listener.hit(toxicName, proxy.name().substring(0, slash), service, connectionId));
    }
  }

  private final class ProxiedLink implements Link {
    private final String client;
    private final Service service;
    private final Proxy proxy;

    ProxiedLink(String client, Service service, Proxy proxy) {
      this.client = client;
      this.service = service;
      this.proxy = proxy;
    }

    @Override
    public String client() {
      return client;
    }

    @Override
    public Service service() {
      return service;
    }

    @Override
    public Endpoint endpoint() {
      return Endpoint.loopback(proxy.port());
    }

    @Override
    public void sever() {
      proxy.sever();
    }

    @Override
    public void close() {
      forget(this);
      proxy.delete();
    }
  }
}
