package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.apiguardian.api.API;

/**
 * A connection to one Kubernetes API. Safe for many threads; whoever connects it closes it.
 *
 * <p>Speaks HTTP/1.1, follows no redirect and never sends anything twice.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class KubeClient implements AutoCloseable {
  private final KubeClientSettings settings;

  private KubeClient(KubeClientSettings settings) {
    this.settings = settings;
  }

  /** Makes a client; the first request makes the first connection. */
  public static KubeClient connect(KubeClientSettings settings) {
    return new KubeClient(settings);
  }

  /**
   * The objects of a fabric8 model class, or of a class of one's own that carries {@code @Group},
   * {@code @Version} and, where the defaults do not fit, {@code @Kind} and {@code @Plural}. A class
   * is namespaced if it implements {@code Namespaced}.
   */
  @SuppressWarnings("DoNotCallSuggester")
  public <T extends HasMetadata> ResourceClient<T> resources(Class<T> type) {
    throw new UnsupportedOperationException("not built yet, a client of " + settings);
  }

  /** Objects of any kind, as JSON values. */
  @SuppressWarnings("DoNotCallSuggester")
  public DynamicClient dynamic() {
    throw new UnsupportedOperationException("not built yet, a client of " + settings);
  }

  /**
   * Ends the client as a crash would: cancels every call, drops every socket, returns at once. No
   * request leaves afterwards; whoever tries gets {@code KUBE_CLIENT_CLOSED}. Idempotent.
   */
  public void abandon() {}

  /**
   * As {@link #abandon()}, and waits for the threads of open watches. OkHttp's own two daemon
   * threads, which all clients of the process share, end by themselves within a minute.
   */
  @Override
  public void close() {}
}
