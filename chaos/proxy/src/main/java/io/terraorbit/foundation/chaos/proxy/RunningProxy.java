package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.link.Draws;
import io.terraorbit.foundation.chaos.proxy.internal.link.ListenFailure;
import io.terraorbit.foundation.chaos.proxy.internal.link.Listening;
import io.terraorbit.foundation.chaos.proxy.internal.link.Lookup;
import io.terraorbit.foundation.chaos.proxy.internal.link.Loops;
import io.terraorbit.foundation.chaos.proxy.internal.link.Relay;
import io.terraorbit.foundation.time.TimeSource;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy and its relay.
 *
 * <p>What callers see (addresses, enabled, toxics) is decided here, under a lock that is never held
 * while waiting or while calling anybody else's code. Each decision posts its effect to the relay
 * before the lock is let go, so effects happen in the order of decisions; then, without the lock,
 * the caller waits for the effect.
 */
final class RunningProxy implements Proxy {
  /** What a proxy shares with the others of its server. */
  record Home(Loops loops, Lookup lookup, TimeSource time, Draws draws, ProxyObserver observer) {}

  private static final Logger log = LoggerFactory.getLogger(RunningProxy.class);

  private final String name;
  private final Home home;
  private final Consumer<RunningProxy> onDelete;
  private final Relay relay;
  private final Object lock = new Object();
  private final ToxicChain chain;

  // Written under the lock.
  private volatile String listen;
  private volatile String upstream;
  private volatile int port;
  private volatile boolean enabled;
  private boolean severed;
  private boolean deleted;

  RunningProxy(
      String name, String listen, String upstream, Home home, Consumer<RunningProxy> onDelete) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.home = home;
    this.onDelete = onDelete;
    this.chain = new ToxicChain(name);
    this.relay =
        new Relay(
            name,
            home.loops().next(),
            home.lookup(),
            home.time(),
            home.draws(),
            new ObservedRelay(this, home.observer()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String listen() {
    return listen;
  }

  @Override
  public String upstream() {
    return upstream;
  }

  @Override
  public boolean enabled() {
    return enabled;
  }

  @Override
  public void enable() {
    configure(listen, upstream, true);
  }

  @Override
  public void disable() {
    configure(listen, upstream, false);
  }

  /**
   * Changes the addresses, which closes all connections when they differ, and whether it listens.
   */
  void configure(String newListen, String newUpstream, boolean newEnabled) {
    InetSocketAddress address = newEnabled || !newListen.equals(listen) ? resolve(newListen) : null;
    Future<?> effect = CompletableFuture.completedFuture(null);
    synchronized (lock) {
      boolean moved =
          !newUpstream.equals(upstream) || (!newListen.equals(listen) && !same(address, listen));
      if (enabled && (moved || !newEnabled)) {
        enabled = false;
        effect = relay.stop();
      }
      if (moved) {
        listen = newListen;
        upstream = newUpstream;
      }
    }
    await(effect);
    if (newEnabled && address != null) {
      listenOn(address);
    }
  }

  @Override
  public void delete() {
    abandon();
    onDelete.accept(this);
  }

  /** Closes the sockets for good. */
  void abandon() {
    await(forget());
  }

  /** As {@link #abandon}, without waiting. */
  Future<?> forget() {
    synchronized (lock) {
      deleted = true;
      enabled = false;
      return relay.stop();
    }
  }

  /** Whether it has these addresses; a free port to be taken is never the one that it has. */
  boolean isAt(String otherListen, String otherUpstream) {
    return otherUpstream.equals(upstream)
        && (otherListen.equals(listen) || same(resolve(otherListen), listen));
  }

  @Override
  public void add(ToxicSpec spec) {
    Future<?> effect;
    synchronized (lock) {
      refuseDeleted();
      effect = relay.add(chain.add(spec));
    }
    await(effect);
  }

  @Override
  public ToxicSpec update(String toxicName, Toxic toxic, double toxicity) {
    return update(toxicName, old -> new ToxicSpec(old.name(), old.stream(), toxicity, toxic));
  }

  /** As {@link #update(String, Toxic, double)}, from what the toxic is now, in one step. */
  ToxicSpec update(String toxicName, UnaryOperator<ToxicSpec> change) {
    Future<?> effect;
    ToxicSpec updated;
    synchronized (lock) {
      updated = change.apply(chain.get(toxicName));
      effect = relay.update(chain.update(updated));
    }
    await(effect);
    return updated;
  }

  @Override
  public void remove(String toxicName) {
    Future<?> effect;
    synchronized (lock) {
      chain.remove(toxicName);
      effect = relay.remove(toxicName);
    }
    await(effect);
  }

  @Override
  public List<ToxicSpec> toxics() {
    synchronized (lock) {
      return chain.list();
    }
  }

  /** Listens, unless severed, and loses its toxics; the future is done when connections feel it. */
  Future<?> reset() {
    boolean mayListen;
    synchronized (lock) {
      mayListen = !severed && !deleted;
    }
    if (mayListen) {
      enable();
    }
    Future<?> effect = CompletableFuture.completedFuture(null);
    synchronized (lock) {
      for (ToxicSpec spec : chain.list()) {
        chain.remove(spec.name());
        effect = relay.remove(spec.name());
      }
    }
    return effect;
  }

  @Override
  public void sever() {
    synchronized (lock) {
      severed = true;
      enabled = false;
      relay.sever();
    }
  }

  @Override
  public ProxyStats stats() {
    return new ProxyStats(
        relay.openConnections(), relay.totalConnections(), relay.bytesUp(), relay.bytesDown());
  }

  private void listenOn(InetSocketAddress address) {
    synchronized (lock) {
      refuseDeleted();
      if (severed) {
        throw ProxyFailures.severed(name);
      }
      if (enabled) {
        return;
      }
      ServerSocketChannel socket = bind(address);
      listen = Listening.address(socket);
      port = socket.socket().getLocalPort();
      enabled = true;
      relay.start(socket, upstream);
    }
  }

  private ServerSocketChannel bind(InetSocketAddress address) {
    try {
      return Listening.bind(address);
    } catch (ListenFailure e) {
      throw ProxyFailures.portTaken(name, Listening.text(address), e);
    }
  }

  private InetSocketAddress resolve(String address) {
    try {
      return Listening.resolve(address, home.lookup());
    } catch (ListenFailure e) {
      throw ProxyFailures.addressInvalid(name, address, e);
    }
  }

  private static boolean same(@Nullable InetSocketAddress address, String text) {
    return address != null && Listening.text(address).equals(text);
  }

  private void refuseDeleted() {
    if (deleted) {
      throw ProxyFailures.deleted(name);
    }
  }

  private void await(Future<?> effect) {
    if (!home.loops().await(effect)) {
      log.atWarn()
          .addKeyValue("proxy", name)
          .log("event loop is busy, the change is applied when it is free");
    }
  }
}
