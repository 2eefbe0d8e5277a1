package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.channel.EventLoop;
import io.terraorbit.foundation.time.TimeSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The clock that delays are measured on, and wake-ups on the loop. */
public interface Timers {
  long nanoTime();

  /** Runs the task on the loop; the handle takes it back. */
  Runnable schedule(long delayNanos, Runnable task);

  static Timers on(EventLoop loop, TimeSource time) {
    return new Timers() {
      @Override
      public long nanoTime() {
        return time.nanoTime();
      }

      @Override
      public Runnable schedule(long delayNanos, Runnable task) {
        Future<?> future = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      }
    };
  }
}
