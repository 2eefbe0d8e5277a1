package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.kube.internal.access.Access;
import io.terraorbit.foundation.harness.kube.internal.faults.FaultPlan;
import io.terraorbit.foundation.harness.kube.internal.tls.Trust;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The listening socket and its threads. Safe for many threads; whoever starts it closes it. */
public final class HttpServer implements AutoCloseable {
  /** The version of Kubernetes that {@code /version} tells. */
  public static final String VERSION = Discovery.VERSION;

  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 8;
  private static final int MAX_WAITING = 10_000;
  private static final int BACKLOG = 1024;
  private static final long CLOSE_SECONDS = 1;
  private static final long CLOSE_MILLIS = 250;

  private final Threads workerThreads = new Threads("foundation-kube-worker");
  private final Threads loopThreads = new Threads("foundation-kube-io");
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          workerThreads);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(EVENT_LOOPS, loopThreads, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Clients clients = new Clients();
  private final InProcess inProcess;
  private final Channel listening;

  /**
   * Listens on the loopback address.
   *
   * @param port 0 for any free one
   * @param patience how long a read waits for a revision that is yet to come
   * @param rejections told of every request that a fault refused
   * @throws UncheckedIOException if it cannot; of a {@link java.net.BindException} if the port is
   *     taken
   */
  public HttpServer(
      int port,
      Cluster cluster,
      Access access,
      FaultPlan faults,
      Scheduler scheduler,
      Duration patience,
      Consumer<ApiRejection> rejections,
      Transport transport) {
    ApiHandler handler =
        new ApiHandler(
            cluster,
            new RequestGate(cluster, access.gatekeeper(), faults, rejections),
            new IdentityHandler(access.reviews(), access.requests(), access.tokens()),
            this::hostAndPort,
            patience);
    Heads heads = new Heads(transport.random());
    Dispatch dispatch = new Dispatch(handler, cluster, heads, clients, workers, scheduler);
    this.inProcess = new InProcess(dispatch);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new Protocols(
                    dispatch, new Tls(transport.trust()), transport.plain(), connections));
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopThreads();
      throw new UncheckedIOException(
          bound.cause() instanceof IOException cause ? cause : new IOException(bound.cause()));
    }
    this.listening = bound.channel();
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** The way in without a socket. */
  public InProcess inProcess() {
    return inProcess;
  }

  /** Number of connections, or of streams of HTTP/2, that are open now. */
  public int clients() {
    return clients.count();
  }

  /**
   * Drops the connections of a user and returns when they are dropped. Not from a thread of this
   * server's input and output.
   */
  public void drop(String user) {
    clients.drop(user, CLOSE_SECONDS);
  }

  /** Stops listening, drops all connections, ends all threads. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    clients.close();
    connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    stopThreads();
  }

  private void stopThreads() {
    workers.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    try {
      workerThreads.join(CLOSE_MILLIS);
      loopThreads.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String hostAndPort() {
    return "127.0.0.1:" + port();
  }

  /**
   * What connections may speak. Immutable.
   *
   * @param plain whether HTTP without TLS is served
   * @param random of the ids of requests; used by nobody else
   */
  public record Transport(Trust trust, boolean plain, RandomGenerator random) {}
}
