package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue among real threads and on the machine's clock. */
@Timeout(60)
class WorkQueueThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final WorkQueue<Integer> queue =
      WorkQueue.builder().backoff(Backoff.constant(Duration.ofMillis(1))).build();

  @AfterEach
  void end() throws Exception {
    queue.close();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wakesAWaitingWorkerForAnEvent() throws Exception {
    Future<Optional<Claim<Integer>>> waiting = threads.submit(queue::take);
    queue.add(1);
    assertThat(waiting.get(30, TimeUnit.SECONDS).orElseThrow().key()).isEqualTo(1);
  }

  @Test
  void wakesForAnEarlierReminderThanTheOneWaitedFor() throws Exception {
    queue.remind(1, Duration.ofHours(1));
    Future<Optional<Claim<Integer>>> one = threads.submit(queue::take);
    Future<Optional<Claim<Integer>>> other = threads.submit(queue::take);
    queue.remind(2, Duration.ofMillis(20));
    queue.remind(3, Duration.ofMillis(40));
    assertThat(List.of(get(one).orElseThrow().key(), get(other).orElseThrow().key()))
        .containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void pollGivesUpAfterItsTime() throws Exception {
    queue.remind(1, Duration.ofHours(1));
    assertThat(queue.poll(Duration.ofMillis(10))).isEmpty();
  }

  @Test
  void aLeaderThatIsInterruptedHandsOverItsWait() throws Exception {
    queue.remind(1, Duration.ofMillis(300));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread first =
        new Thread(
            () -> {
              try {
                queue.take();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    first.start();
    Future<Optional<Claim<Integer>>> second = threads.submit(queue::take);
    first.interrupt();
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(get(second).orElseThrow().key()).isEqualTo(1);
    first.join();
  }

  @Test
  void shutdownEndsAllWaits() throws Exception {
    List<Future<Optional<Claim<Integer>>>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(threads.submit(queue::take));
    }
    queue.shutdown(Shutdown.drain(LONG));
    for (Future<Optional<Claim<Integer>>> one : waiting) {
      assertThat(get(one)).isEmpty();
    }
  }

  @Test
  void aDrainHandsOutWhatIsReadyAndTheRunsAskedForMeanwhile() throws Exception {
    queue.add(1);
    queue.add(2);
    Claim<Integer> first = queue.take().orElseThrow();
    queue.add(1);
    List<Future<ShutdownReport<Integer>>> drains = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      drains.add(threads.submit(() -> queue.shutdown(Shutdown.drain(LONG))));
    }
    while (queue.add(9)) {
      Thread.onSpinWait();
    }
    queue.take().orElseThrow().complete(Outcome.failed(new IllegalStateException("x")));
    Future<Optional<Claim<Integer>>> further = threads.submit(queue::take);
    first.complete(Outcome.done());
    Claim<Integer> again = get(further).orElseThrow();
    while (again.key() != 1) { // 9 may have got in before the drain began
      again.complete(Outcome.done());
      again = queue.take().orElseThrow();
    }
    again.complete(Outcome.again(Duration.ofSeconds(1)));
    Optional<Claim<Integer>> rest = queue.take();
    while (rest.isPresent()) {
      rest.get().complete(Outcome.done());
      rest = queue.take();
    }
    for (Future<ShutdownReport<Integer>> drain : drains) {
      ShutdownReport<Integer> report = drain.get(30, TimeUnit.SECONDS);
      assertThat(report.droppedReady()).isEmpty();
      assertThat(report.droppedDelayed()).contains(1);
      assertThat(report.stillRunning()).isEmpty();
      assertThat(report.completed()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void nowCutsADrainShort() throws Exception {
    queue.add(1);
    Claim<Integer> open = queue.take().orElseThrow();
    Future<ShutdownReport<Integer>> drain =
        threads.submit(() -> queue.shutdown(Shutdown.drain(Duration.ofHours(1))));
    while (queue.add(2)) {
      Thread.onSpinWait();
    }
    queue.close();
    assertThat(drain.get(30, TimeUnit.SECONDS).stillRunning()).containsExactly(1);
    open.complete(Outcome.done());
  }

  @Test
  void anInterruptEndsADrainAndStaysSet() throws Exception {
    queue.add(1);
    Thread.currentThread().interrupt();
    assertThat(queue.shutdown(Shutdown.drain(LONG)).droppedReady()).containsExactly(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Many threads add and work while others drain and close: Q1 and Q8 on real threads. */
  @RepeatedTest(20)
  void losesNothingAndSharesNothingWhenShutDownInTheMiddle() throws Exception {
    AtomicLong clock = new AtomicLong();
    Map<Integer, Long> lastAdd = new ConcurrentHashMap<>();
    Map<Integer, Long> lastClaim = new ConcurrentHashMap<>();
    Set<Integer> running = ConcurrentHashMap.newKeySet();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SplittableRandom random = new SplittableRandom(i);
      all.add(threads.submit(() -> addUntilClosed(random, clock, lastAdd)));
      all.add(threads.submit(work(random, clock, lastClaim, running)));
    }
    while (clock.get() < 3000) {
      Thread.onSpinWait();
    }
    Future<ShutdownReport<Integer>> drain =
        threads.submit(() -> queue.shutdown(Shutdown.drain(LONG)));
    Future<ShutdownReport<Integer>> now = threads.submit(() -> queue.shutdown(Shutdown.now()));
    for (Future<?> one : all) {
      one.get(30, TimeUnit.SECONDS);
    }
    Set<Integer> dropped = new HashSet<>(drain.get(30, TimeUnit.SECONDS).droppedReady());
    dropped.addAll(now.get(30, TimeUnit.SECONDS).droppedReady());
    ShutdownReport<Integer> last = queue.shutdown(Shutdown.now());
    dropped.addAll(last.droppedDelayed()); // A failing key's event waits as its retry.
    lastAdd.forEach(
        (key, at) -> {
          if (lastClaim.getOrDefault(key, -1L) < at) {
            assertThat(dropped).contains(key);
          }
        });
    assertThat(queue.size()).isZero();
  }

  private void addUntilClosed(SplittableRandom random, AtomicLong clock, Map<Integer, Long> last) {
    while (true) {
      int key = random.nextInt(8);
      long before = clock.incrementAndGet();
      if (!queue.add(key)) {
        return;
      }
      last.merge(key, before, Math::max);
    }
  }

  private Callable<Void> work(
      SplittableRandom random, AtomicLong clock, Map<Integer, Long> last, Set<Integer> running) {
    return () -> {
      for (Optional<Claim<Integer>> next = queue.take(); next.isPresent(); next = queue.take()) {
        Claim<Integer> claim = next.get();
        assertThat(running.add(claim.key())).as("only one worker has the key").isTrue();
        last.merge(claim.key(), clock.incrementAndGet(), Math::max);
        running.remove(claim.key());
        claim.complete(
            random.nextInt(4) == 0
                ? Outcome.failed(new IllegalStateException("x"))
                : Outcome.done());
      }
      return null;
    };
  }

  private static Optional<Claim<Integer>> get(Future<Optional<Claim<Integer>>> future)
      throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }
}
