package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.api.ApiServer;
import io.terraorbit.foundation.chaos.proxy.internal.api.RequestIds;
import io.terraorbit.foundation.chaos.proxy.internal.link.Draws;
import io.terraorbit.foundation.chaos.proxy.internal.link.ListenFailure;
import io.terraorbit.foundation.chaos.proxy.internal.link.Listening;
import io.terraorbit.foundation.chaos.proxy.internal.link.Lookup;
import io.terraorbit.foundation.chaos.proxy.internal.link.Loops;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger log = LoggerFactory.getLogger(ChaosProxy.class);

  private final Settings settings;
  private final Lookup lookup = new Lookup();
  private final Loops loops = new Loops(LOOP_THREADS, "foundation-proxy-loop");
  private final ConcurrentSkipListMap<String, RunningProxy> proxies = new ConcurrentSkipListMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Api api;

  private record Settings(long seed, ProxyObserver observer, TimeSource time) {}

  private record Api(ApiServer server, Loops loop, int port) {}

  private ChaosProxy(Settings settings, @Nullable ServerSocketChannel apiSocket) {
    this.settings = settings;
    this.api = apiSocket == null ? null : serve(apiSocket);
  }

  private Api serve(ServerSocketChannel socket) {
    int port = socket.socket().getLocalPort();
    Loops loop = new Loops(1, "foundation-proxy-api");
    RequestIds ids = new RequestIds(settings.time(), Randomness.seeded(settings.seed()));
    return new Api(new ApiServer(socket, loop.next(), new ToxiproxyControl(this), ids), loop, port);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The port of the HTTP control API; -1 when there is none. */
  public int apiPort() {
    return api == null ? -1 : api.port();
  }

  /**
   * The seed of all chance: the same seed and the same order of calls and clients, the same run.
   */
  public long seed() {
    return settings.seed();
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
    RunningProxy proxy = build(name, listen, upstream);
    if (proxies.putIfAbsent(name, proxy) != null) {
      throw ProxyFailures.exists(name);
    }
    if (enabled) {
      enableOrForget(proxy);
    }
    return proxy;
  }

  /** Puts a new proxy, without toxics, in the place of one that is stopped even when this fails. */
  RunningProxy replace(RunningProxy old, String listen, String upstream, boolean enabled) {
    old.disable();
    RunningProxy proxy = build(old.name(), listen, upstream);
    if (enabled) {
      proxy.enable();
    }
    if (!proxies.replace(old.name(), old, proxy)) {
      proxy.abandon();
      throw ProxyFailures.deleted(old.name());
    }
    old.forget();
    return proxy;
  }

  private RunningProxy build(String name, String listen, String upstream) {
    if (closed.get()) {
      throw new IllegalStateException("proxy '%s' asked of a closed server".formatted(name));
    }
    return new RunningProxy(
        name,
        listen,
        upstream,
        new RunningProxy.Home(
            loops, lookup, settings.time(), new Draws(settings.seed()), settings.observer()),
        gone -> proxies.remove(name, gone));
  }

  public Optional<Proxy> find(String name) {
    return Optional.ofNullable(proxies.get(name));
  }

  @Nullable RunningProxy findRunning(String name) {
    return proxies.get(name);
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
    List<Future<?>> effects = new ArrayList<>();
    running().forEach(proxy -> effects.add(proxy.reset()));
    if (!effects.stream().allMatch(loops::await)) {
      log.atWarn().log("event loop is busy, the reset is complete when it is free");
    }
  }

  /** Closes all sockets and ends all threads, within two seconds. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (api != null) {
      api.loop().shutdown();
      api.server().shutdown();
    }
    running().forEach(RunningProxy::forget);
    lookup.close();
    loops.shutdown();
    try {
      awaitThreads();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitThreads() throws InterruptedException {
    long deadline = settings.time().nanoTime() + CLOSE_WITHIN.toNanos();
    loops.awaitEnd(deadline - settings.time().nanoTime());
    if (api != null) {
      api.loop().awaitEnd(deadline - settings.time().nanoTime());
      api.server().awaitEnd(deadline - settings.time().nanoTime());
    }
    lookup.awaitEnd(deadline - settings.time().nanoTime());
  }

  private void enableOrForget(RunningProxy proxy) {
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
    private String host = "127.0.0.1";
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
      return new ChaosProxy(new Settings(seed, observer, time), apiPort < 0 ? null : bindApi());
    }

    private ServerSocketChannel bindApi() {
      try (Lookup hosts = new Lookup()) {
        return Listening.bind(
            new InetSocketAddress(Listening.resolve(host + ":0", hosts).getAddress(), apiPort));
      } catch (ListenFailure e) {
        throw ProxyFailures.apiPortTaken(host, apiPort, e);
      }
    }
  }
}
