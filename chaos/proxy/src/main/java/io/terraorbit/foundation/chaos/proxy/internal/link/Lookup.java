package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of host names, on a thread of its own that a slow name server may block; the
 * event loops never wait for one. Safe for many threads; whoever opens it closes it.
 */
public final class Lookup implements AutoCloseable {
  private static final int MAX_WAITING = 1024;

  private final ThreadPoolExecutor thread;

  public Lookup() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            new DefaultThreadFactory("foundation-proxy-lookup", true));
    thread.allowCoreThreadTimeOut(true);
  }

  /** Completes with the first address, or with an {@link UnknownHostException}. */
  public CompletableFuture<InetAddress> find(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    CompletableFuture<InetAddress> found = new CompletableFuture<>();
    if (literal != null) {
      resolve(host, found);
      return found;
    }
    try {
      thread.execute(() -> resolve(host, found));
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(e);
    }
    return found;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Waits for the end of the thread; a name server that does not answer may outlast it. */
  public void awaitEnd(long nanos) throws InterruptedException {
    thread.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }

  private static void resolve(String host, CompletableFuture<InetAddress> found) {
    try {
      found.complete(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      found.completeExceptionally(e);
    }
  }
}
