package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.link.Draws;
import io.terraorbit.foundation.chaos.proxy.internal.link.Lookup;
import io.terraorbit.foundation.chaos.proxy.internal.link.Loops;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;

/**
 * A fault-injecting TCP proxy server in this process, compatible with Toxiproxy 2.12: any number of
 * {@link Proxy proxies} and, unless switched off, the HTTP control API that Toxiproxy's clients
 * speak.
 *
 * <p>Safe for many threads. All threads are daemons; whoever opens the server closes it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ChaosProxy implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
  private static final int LOOP_THREADS = 2;

  private final Builder settings;
  private final Lookup lookup = new Lookup();
  private final Loops loops = new Loops(LOOP_THREADS, "foundation-proxy-loop");
  private final ConcurrentSkipListMap<String, RunningProxy> proxies = new ConcurrentSkipListMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private ChaosProxy(Builder settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The port of the HTTP control API; -1 when there is none. */
  public int apiPort() {
    return -1;
  }

  /**
   * The seed of all chance: the same seed and the same order of calls and clients, the same run.
   */
  public long seed() {
    return settings.seed;
  }

  /**
   * Creates a proxy that listens at once.
   *
   * @param listen {@code host:port}; port zero takes a free one, an empty text any port on all
   *     addresses
   * @param upstream {@code host:port}; neither looked up nor connected before a client comes
   * @throws AppException {@code PROXY_EXISTS}, {@code PROXY_PORT_TAKEN}, {@code
   *     PROXY_ADDRESS_INVALID}
   */
  public Proxy create(String name, String listen, String upstream) {
    return create(name, listen, upstream, true);
  }

  RunningProxy create(String name, String listen, String upstream, boolean enabled) {
    if (closed.get()) {
      throw new IllegalStateException("proxy '%s' asked of a closed server".formatted(name));
    }
    RunningProxy proxy =
        new RunningProxy(
            name,
            listen,
            upstream,
            new RunningProxy.Home(
                loops, lookup, settings.time, new Draws(settings.seed), settings.observer),
            gone -> proxies.remove(name, gone));
    if (proxies.putIfAbsent(name, proxy) != null) {
      throw ProxyFailures.exists(name);
    }
    if (enabled) {
      startOrForget(proxy);
    }
    return proxy;
  }

  public Optional<Proxy> find(String name) {
    return Optional.ofNullable(proxies.get(name));
  }

  /** Sorted by name. */
  public List<Proxy> proxies() {
    return List.copyOf(proxies.values());
  }

  List<RunningProxy> running() {
    return List.copyOf(proxies.values());
  }

  /**
   * Removes all toxics and enables all proxies, but for severed ones.
   *
   * @throws AppException {@code PROXY_PORT_TAKEN} when a disabled proxy cannot listen again; the
   *     proxies after it, by name, are left as they are
   */
  public void reset() {
    running().forEach(RunningProxy::reset);
  }

  /** Closes all sockets and ends all threads, within two seconds. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    running().forEach(RunningProxy::abandon);
    lookup.close();
    loops.shutdown();
    try {
      loops.awaitEnd(CLOSE_WITHIN.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startOrForget(RunningProxy proxy) {
    try {
      proxy.enable();
    } catch (AppException e) {
      proxies.remove(proxy.name(), proxy);
      throw e;
    }
    if (closed.get()) {
      proxy.abandon();
    }
  }

  /** Settings of a server; confined to the thread that builds. */
  public static final class Builder {
    @SuppressWarnings("unused")
    private String host = "127.0.0.1";

    @SuppressWarnings("unused")
    private int apiPort;

    private long seed;
    private ProxyObserver observer = new ProxyObserver() {};
    private TimeSource time = TimeSource.system();

    private Builder() {}

    /** Where the HTTP control API listens; 127.0.0.1 unless given. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /** The port of the HTTP control API: 0, unless given, takes a free one, -1 means no API. */
    public Builder apiPort(int value) {
      if (value < -1 || value > 65535) {
        throw new IllegalArgumentException("apiPort is -1 to 65535, got " + value);
      }
      apiPort = value;
      return this;
    }

    /** The seed of toxicity, jitter and slices; 0 unless given. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder observer(ProxyObserver value) {
      observer = value;
      return this;
    }

    /** The monotonic clock that delays are measured on; wake-ups follow the machine's clock. */
    public Builder time(TimeSource value) {
      time = value;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws AppException {@code PROXY_API_PORT_TAKEN}
     */
    public ChaosProxy open() {
      return new ChaosProxy(this);
    }
  }
}
