package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Makes daemon threads and waits for their very end, which pools do not: they report to be
 * terminated while their last threads still run out. Safe for many threads.
 */
final class Threads implements ThreadFactory {
  private final ThreadFactory factory;
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

  Threads(String name) {
    factory = new DefaultThreadFactory(name, true);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = factory.newThread(task);
    made.removeIf(known -> known.getState() == Thread.State.TERMINATED);
    made.add(thread);
    return thread;
  }

  /** Waits for all threads but the caller's, no longer than {@code millis} for each. */
  void join(long millis) throws InterruptedException {
    for (Thread thread : made) {
      if (thread != Thread.currentThread()) {
        thread.join(millis);
      }
    }
  }
}
