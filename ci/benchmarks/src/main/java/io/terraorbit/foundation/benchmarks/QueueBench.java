package io.terraorbit.foundation.benchmarks;

import io.kubernetes.client.extended.workqueue.DefaultWorkQueue;
import io.terraorbit.foundation.controller.Outcome;
import io.terraorbit.foundation.controller.WorkQueue;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Add, take and complete, a thousand keys at a time on one thread: our queue, with priorities,
 * delays and causes, beside the bare queue of the official Java client.
 */
@State(Scope.Thread)
public class QueueBench {
  private static final int KEYS = 1000;

  private WorkQueue<Integer> ours;
  private DefaultWorkQueue<Integer> peer;
  private Integer[] keys;

  @Setup(Level.Iteration)
  public void open() {
    ours = WorkQueue.builder().build();
    peer = new DefaultWorkQueue<>();
    keys = new Integer[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = i + 1_000;
    }
  }

  @TearDown(Level.Iteration)
  public void close() {
    ours.close();
    peer.shutDown();
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void ours() throws InterruptedException {
    for (Integer key : keys) {
      ours.add(key);
    }
    for (int i = 0; i < KEYS; i++) {
      ours.poll(Duration.ZERO).orElseThrow().complete(new Outcome.Done());
    }
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void officialJavaClient() throws InterruptedException {
    for (Integer key : keys) {
      peer.add(key);
    }
    for (int i = 0; i < KEYS; i++) {
      peer.done(peer.get());
    }
  }
}
