package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.terraorbit.foundation.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one proxy. Its methods may be called from any thread and do not wait: they post to
 * the proxy's event loop, where all state is, and return a future of the effect. Posted in order,
 * applied in order; after the loop has ended they do nothing.
 */
public final class Relay {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** As much as one read of Toxiproxy takes; a chunk's size shows in some toxics. */
  private static final int MAX_CHUNK_BYTES = 32 * 1024;

  private final EventLoop loop;
  private final Lookup lookup;
  private final RelayContext context;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private volatile boolean severed;

  // Confined to the loop.
  private final Map<Long, Connection> connections = new LinkedHashMap<>();
  private final List<StagePlan> plans = new ArrayList<>();
  private @Nullable Channel server;
  private String upstream = "";
  private long lastId;

  public Relay(
      String name,
      EventLoop loop,
      Lookup lookup,
      TimeSource time,
      Draws draws,
      RelayEvents events) {
    this.loop = loop;
    this.lookup = lookup;
    this.context =
        new RelayContext(
            name, Timers.on(loop, time), draws, events, new LongAdder(), new LongAdder());
  }

  /**
   * Accepts clients of this socket, which it takes over, and connects them to the upstream. There
   * is nothing to wait for: the socket lets clients queue already.
   */
  public void start(ServerSocketChannel socket, String upstreamAddress) {
    post(
        () -> {
          upstream = upstreamAddress;
          server = serve(socket);
        });
  }

  /**
   * Stops accepting, then closes all connections. The JDK lets go of a closed socket's port at the
   * selector's next turn only, so the future completes in the turn after.
   */
  public Future<?> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Future<?> posted =
        post(
            () -> {
              closeServer();
              each(Connection::close);
              loop.schedule(() -> stopped.complete(null), 0, TimeUnit.NANOSECONDS);
            });
    return loop.isShuttingDown() ? posted : stopped;
  }

  /** Refuses clients from now on and for good, and resets all connections. */
  public void sever() {
    severed = true;
    post(
        () -> {
          closeServer();
          each(Connection::reset);
        });
  }

  public Future<?> add(StagePlan plan) {
    return post(
        () -> {
          plans.add(plan);
          each(connection -> connection.add(plan));
        });
  }

  public Future<?> update(StagePlan plan) {
    return post(
        () -> {
          plans.replaceAll(old -> old.toxic().equals(plan.toxic()) ? plan : old);
          each(connection -> connection.update(plan));
        });
  }

  public Future<?> remove(String toxic) {
    return post(
        () -> {
          plans.removeIf(plan -> plan.toxic().equals(toxic));
          each(connection -> connection.remove(toxic));
        });
  }

  public int openConnections() {
    return (int) Math.max(0, accepted.sum() - closed.sum());
  }

  public long totalConnections() {
    return accepted.sum();
  }

  public long bytesUp() {
    return context.bytesUp().sum();
  }

  public long bytesDown() {
    return context.bytesDown().sum();
  }

  private Future<?> post(Runnable task) {
    try {
      return loop.submit(task);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private void each(Consumer<Connection> action) {
    List.copyOf(connections.values()).forEach(action);
  }

  private void closeServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private Channel serve(ServerSocketChannel socket) {
    return new ServerBootstrap()
        .group(loop, loop)
        .channelFactory(() -> new NioServerSocketChannel(socket))
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, chunks())
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel client) {
                accept(client);
              }
            })
        .register()
        .channel();
  }

  private static RecvByteBufAllocator chunks() {
    return new AdaptiveRecvByteBufAllocator(64, 4096, MAX_CHUNK_BYTES);
  }

  private void accept(SocketChannel client) {
    lastId++;
    accepted.increment();
    Connection connection = new Connection(lastId, client, context, this::gone);
    connections.put(lastId, connection);
    context.events().opened(lastId);
    if (severed) {
      connection.reset();
      return;
    }
    Endpoint target;
    try {
      target = Endpoint.parse(upstream);
    } catch (IllegalArgumentException e) {
      failed(connection, e);
      return;
    }
    lookup
        .find(target.host().isEmpty() ? "localhost" : target.host())
        .whenComplete((host, failure) -> post(() -> dial(connection, host, target, failure)));
  }

  private void dial(
      Connection connection,
      @Nullable InetAddress host,
      Endpoint target,
      @Nullable Throwable failure) {
    if (connection.closing()) {
      return;
    }
    if (host == null) {
      failed(connection, failure);
      return;
    }
    ChannelFuture dialled = bootstrap().connect(new InetSocketAddress(host, target.port()));
    connection.dialling(dialled.channel());
    dialled.addListener(
        done -> {
          if (!done.isSuccess()) {
            failed(connection, done.cause());
          } else if (!connection.closing()) {
            connection.established((SocketChannel) dialled.channel(), plans);
          }
        });
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .disableResolver()
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, chunks())
        .handler(new ChannelInboundHandlerAdapter());
  }

  private void failed(Connection connection, @Nullable Throwable cause) {
    log.atDebug()
        .addKeyValue("proxy", context.proxy())
        .addKeyValue("upstream", upstream)
        .setCause(cause)
        .log("upstream cannot be reached");
    connection.close();
  }

  private void gone(Connection connection) {
    connections.remove(connection.id());
    closed.increment();
    context.events().closed(connection.id(), connection.bytesUp(), connection.bytesDown());
  }
}
