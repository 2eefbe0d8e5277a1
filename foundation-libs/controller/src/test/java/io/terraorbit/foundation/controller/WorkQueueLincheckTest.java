package io.terraorbit.foundation.controller;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * Model-checks interleavings of add, poll, complete and shutdown: each must look as if the calls
 * had happened one after the other on {@link Sequential}, which keeps a key with one worker,
 * completes once, and drops nothing but by shutdown.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
public class WorkQueueLincheckTest {
  private final WorkQueue<Integer> queue =
      WorkQueue.builder().time(new VirtualTime()).random(new SplittableRandom(1)).build();
  private final Map<Integer, Claim<Integer>> latest = new ConcurrentHashMap<>();

  @Operation
  public boolean add(@Param(name = "key") int key) {
    return queue.add(key);
  }

  @Operation
  public int poll(@Param(gen = ThreadIdGen.class) int worker) throws InterruptedException {
    Claim<Integer> claim = queue.poll(Duration.ZERO).orElse(null);
    if (claim == null) {
      return 0;
    }
    latest.put(worker, claim);
    return claim.key();
  }

  @Operation
  public boolean complete(@Param(gen = ThreadIdGen.class) int worker) {
    Claim<Integer> claim = latest.get(worker);
    return claim != null && claim.complete(Outcome.done());
  }

  @Operation
  public int shutdown() {
    return queue.shutdown(Shutdown.now()).droppedReady().size();
  }

  @Test
  void everyInterleavingLooksSequential() {
    assumeTrue(Boolean.getBoolean("lincheck"), "runs in Surefire's execution 'lincheck' only");
    int feature = Runtime.version().feature();
    assumeTrue(
        feature >= 17 && feature <= 24,
        "Lincheck 3.7 instruments the classes of JDK 17 to 24, this is " + feature);
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    name ->
                        name.startsWith("java.util.") && !name.startsWith("java.util.concurrent."))
                .allMethods()
                .treatAsAtomic())
        .minimizeFailedScenario(false)
        .sequentialSpecification(Sequential.class)
        .check(WorkQueueLincheckTest.class);
  }

  /** What the queue looks like to one thread. */
  public static final class Sequential {
    private final Deque<Integer> ready = new ArrayDeque<>();
    private final Set<Integer> running = new HashSet<>();
    private final Set<Integer> dirty = new HashSet<>();
    private final Set<Integer> dropped = new HashSet<>();
    private final Map<Integer, Integer> latest = new HashMap<>();
    private boolean closed;

    public boolean add(int key) {
      if (closed) {
        return false;
      }
      if (running.contains(key)) {
        dirty.add(key);
      } else if (!ready.contains(key)) {
        ready.add(key);
      }
      return true;
    }

    public int poll(int worker) {
      Integer key = ready.poll();
      if (key == null) {
        return 0;
      }
      running.add(key);
      latest.put(worker, key);
      return key;
    }

    public boolean complete(int worker) {
      Integer key = latest.remove(worker);
      if (key == null) {
        return false;
      }
      running.remove(key);
      if (dirty.remove(key)) {
        ready.add(key);
      }
      return true;
    }

    public int shutdown() {
      closed = true;
      dropped.addAll(ready);
      dropped.addAll(dirty);
      ready.clear();
      dirty.clear();
      return dropped.size();
    }
  }
}
