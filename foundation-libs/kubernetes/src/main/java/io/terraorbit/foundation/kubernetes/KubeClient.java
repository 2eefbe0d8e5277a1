package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.terraorbit.foundation.kubernetes.internal.rest.Carrier;
import io.terraorbit.foundation.kubernetes.internal.rest.Endpoint;
import io.terraorbit.foundation.kubernetes.internal.rest.RestClient;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one Kubernetes API. Safe for many threads; whoever connects it closes it.
 *
 * <p>Speaks HTTP/1.1, follows no redirect and never sends anything twice.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class KubeClient implements AutoCloseable {
  private final RestClient rest;
  private final WatchThreads watches = new WatchThreads();
  private final DynamicClient dynamic;

  private KubeClient(RestClient rest) {
    this.rest = rest;
    this.dynamic = new HttpDynamicClient(rest);
  }

  /** Makes a client; the first request makes the first connection. */
  public static KubeClient connect(KubeClientSettings settings) {
    return new KubeClient(rest(settings, null));
  }

  /**
   * As {@link #connect(KubeClientSettings)}, with a transport in place of connections of its own. A
   * call's time bounds the wait for what the transport brings, not the transport's own work.
   */
  public static KubeClient connect(KubeClientSettings settings, KubeTransport transport) {
    return new KubeClient(
        rest(
            settings,
            (method, target, headers, body) -> {
              KubeTransport.Answer answer =
                  transport.send(new KubeTransport.Request(method, target, headers, body));
              return new Carrier.Brought(answer.status(), answer.headers(), answer.body());
            }));
  }

  private static RestClient rest(KubeClientSettings settings, @Nullable Carrier carrier) {
    return new RestClient(
        settings.url(),
        settings.token(),
        settings.userAgent(),
        settings.callTimeout(),
        settings.connectTimeout(),
        settings.time(),
        carrier);
  }

  /**
   * The objects of a fabric8 model class, or of a class of one's own that carries {@code @Group},
   * {@code @Version} and, where the defaults do not fit, {@code @Kind} and {@code @Plural}. A class
   * is namespaced if it implements {@code Namespaced}.
   */
  public <T extends HasMetadata> ResourceClient<T> resources(Class<T> type) {
    Endpoint endpoint =
        new Endpoint(
            HasMetadata.getApiVersion(type),
            HasMetadata.getPlural(type),
            Namespaced.class.isAssignableFrom(type));
    return new HttpResourceClient<>(rest, watches, type, endpoint);
  }

  /** Objects of any kind, as JSON values. */
  public DynamicClient dynamic() {
    return dynamic;
  }

  /**
   * Ends the client as a crash would: cancels every call, drops every socket, returns at once. No
   * request leaves afterwards; whoever tries gets {@code KUBE_CLIENT_CLOSED}. Idempotent.
   */
  public void abandon() {
    rest.abandon();
  }

  /**
   * As {@link #abandon()}, and waits for the threads of open watches. OkHttp's own two daemon
   * threads, which all clients of the process share, end by themselves within a minute.
   */
  @Override
  public void close() {
    rest.abandon();
    watches.closeAll();
  }
}
