package io.terraorbit.foundation.chaos.proxy.internal.api;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Serves the control API on a socket, which it takes over.
 *
 * <p>HTTP is read and written on a loop of its own; calls run on two control threads, since they
 * may wait for the data path. Whoever opens it closes it.
 */
public final class ApiServer {
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int IDLE_SECONDS = 60;
  private static final int CONTROL_THREADS = 2;
  private static final int MAX_WAITING_CALLS = 1024;

  private final EventLoop loop;
  private final Routes routes;
  private final RequestIds ids;
  private final List<ExecutorService> workers;
  private final AtomicInteger turn = new AtomicInteger();

  public ApiServer(ServerSocketChannel socket, EventLoop loop, Control control, RequestIds ids) {
    this.loop = loop;
    this.routes = new Routes(control);
    this.ids = ids;
    ThreadFactory factory = new DefaultThreadFactory("foundation-proxy-control", true);
    workers = Stream.generate(() -> worker(factory)).limit(CONTROL_THREADS).toList();
    serve(socket);
  }

  /** Ends the control threads after the calls at hand; the loop is its owner's to end. */
  public void shutdown() {
    workers.forEach(ExecutorService::shutdown);
  }

  /** Waits for the end of the control threads. */
  public void awaitEnd(long nanos) throws InterruptedException {
    for (ExecutorService worker : workers) {
      worker.awaitTermination(nanos / workers.size(), TimeUnit.NANOSECONDS);
    }
  }

  private void serve(ServerSocketChannel socket) {
    new ServerBootstrap()
        .group(loop, loop)
        .channelFactory(() -> new NioServerSocketChannel(socket))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                    .addLast(new ApiHandler(routes, ids, nextWorker()));
              }
            })
        .register();
  }

  /** One thread, so that the calls of a connection are answered in their order. */
  private static ExecutorService worker(ThreadFactory factory) {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_CALLS), factory);
  }

  private ExecutorService nextWorker() {
    return workers.get(Math.floorMod(turn.getAndIncrement(), workers.size()));
  }
}
