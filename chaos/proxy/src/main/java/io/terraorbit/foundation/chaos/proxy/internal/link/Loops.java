package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The event loops of a server: a fixed number of daemon threads. Safe for many threads.
 *
 * <p>They are opened one by one and not as a Netty group, whose shutdown would start Netty's global
 * thread and leave it behind for a while.
 */
public final class Loops {
  /** Less than the second within which every control call returns. */
  private static final long EFFECT_WITHIN_MILLIS = 900;

  private final List<EventLoop> loops;
  private final AtomicInteger turn = new AtomicInteger();

  public Loops(int threads, String threadName) {
    ThreadFactory factory = new DefaultThreadFactory(threadName, true);
    loops = Stream.generate(() -> open(factory)).limit(threads).toList();
  }

  /** The loops in turn. */
  public EventLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** Whether the calling thread is one of these loops, and so must not wait for any of them. */
  public boolean inLoop() {
    return loops.stream().anyMatch(EventLoop::inEventLoop);
  }

  /**
   * Waits for an effect that was posted to a loop; not at all when called on one of the loops,
   * where the effect follows when the caller returns.
   *
   * @return whether the wait was not in vain
   */
  public boolean await(Future<?> effect) {
    if (inLoop()) {
      return true;
    }
    try {
      effect.get(EFFECT_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (CancellationException e) {
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a proxy's event loop failed to apply a change", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Lets the loops end after the tasks that they have; closes all sockets on them. */
  public void shutdown() {
    loops.forEach(loop -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  /** Waits for the end of all threads; not when called on one of them. */
  public boolean awaitEnd(long nanos) throws InterruptedException {
    if (inLoop()) {
      return false;
    }
    boolean ended = true;
    for (EventLoop loop : loops) {
      ended &= loop.awaitTermination(nanos / loops.size(), TimeUnit.NANOSECONDS);
    }
    return ended;
  }

  private static EventLoop open(ThreadFactory factory) {
    return new SingleThreadIoEventLoop(null, factory, NioIoHandler.newFactory());
  }
}
