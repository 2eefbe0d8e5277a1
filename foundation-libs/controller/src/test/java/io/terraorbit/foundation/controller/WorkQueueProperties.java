package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.controller.QueueModel.Step;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Runs random sequences of calls against the queue and against {@link QueueModel}, a naive model of
 * what it promises, on virtual time. The numbers Q1 to Q11 are those of the model's comments.
 */
class WorkQueueProperties {
  static final int BOUND = 5;
  static final Backoff BACKOFF =
      Backoff.exponential(Duration.ofMillis(40), Duration.ofMillis(1000), 0);
  static final Duration FLOOR = Duration.ofMillis(100);

  @Property(tries = 1500)
  void behavesAsItsModel(@ForAll("steps") List<Step> steps) throws Exception {
    VirtualTime time = new VirtualTime();
    WorkQueue<Integer> queue = queue(time);
    QueueModel model = new QueueModel(BACKOFF, FLOOR, BOUND);
    List<Claim<Integer>> open = new ArrayList<>();
    for (Step step : steps) {
      step.run(queue, model, time, open);
      model.check(queue.stats(), time.nanoTime());
    }
    finish(queue, model, time, open);
    assertThat(queue.size()).as("Q9: no record is left at rest").isZero();
    assertThat(queue.stats())
        .as("Q11: nothing is counted at rest")
        .returns(0, QueueStats::depth)
        .returns(0, QueueStats::retrying)
        .returns(0, QueueStats::reminded)
        .returns(0, QueueStats::running)
        .returns(0, QueueStats::dirty);
  }

  @Property(tries = 500)
  void accountsForAllWorkAtShutdown(@ForAll("steps") List<Step> steps) throws Exception {
    VirtualTime time = new VirtualTime();
    WorkQueue<Integer> queue = queue(time);
    QueueModel model = new QueueModel(BACKOFF, FLOOR, BOUND);
    List<Claim<Integer>> open = new ArrayList<>();
    for (Step step : steps) {
      step.run(queue, model, time, open);
    }
    ShutdownReport<Integer> report = queue.shutdown(Shutdown.now());
    assertThat(report.droppedReady())
        .as("Q8: what wanted to run")
        .containsExactlyInAnyOrderElementsOf(model.wantToRun(time.nanoTime()));
    assertThat(report.droppedDelayed())
        .as("Q8: what was delayed")
        .containsExactlyInAnyOrderElementsOf(model.delayed(time.nanoTime()));
    assertThat(report.stillRunning())
        .as("Q8: what runs")
        .containsExactlyInAnyOrderElementsOf(open.stream().map(Claim::key).toList());
    assertThat(queue.poll(Duration.ZERO)).isEmpty();
    open.forEach(claim -> claim.complete(Outcome.done()));
    assertThat(queue.size()).isZero();
  }

  /** Q2: everything that was asked for is claimed in the end, given time. */
  private static void finish(
      WorkQueue<Integer> queue, QueueModel model, VirtualTime time, List<Claim<Integer>> open)
      throws InterruptedException {
    for (Claim<Integer> claim : open) {
      claim.complete(Outcome.done());
      model.completed(claim.key(), Outcome.done(), time.nanoTime());
    }
    time.advance(Duration.ofHours(1));
    for (Optional<Claim<Integer>> next = queue.poll(Duration.ZERO);
        next.isPresent();
        next = queue.poll(Duration.ZERO)) {
      model.claimed(next.get(), time.nanoTime());
      next.get().complete(Outcome.done());
      model.completed(next.get().key(), Outcome.done(), time.nanoTime());
    }
    model.nothingIsReady(time.nanoTime());
  }

  private static WorkQueue<Integer> queue(VirtualTime time) {
    return WorkQueue.builder()
        .time(time)
        .random(new SplittableRandom(1))
        .backoff(BACKOFF)
        .eventFloor(FLOOR)
        .starvationBound(BOUND)
        .build();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, 6);
    Arbitrary<Integer> picks = Arbitraries.integers().between(0, 100);
    Arbitrary<Duration> waits = Arbitraries.integers().between(0, 300).map(Duration::ofMillis);
    Arbitrary<Outcome> outcomes =
        Arbitraries.oneOf(
            Arbitraries.of(
                Outcome.done(),
                Outcome.failed(new IllegalStateException("x")),
                Outcome.fatal(new IllegalStateException("y"))),
            Combinators.combine(waits, Arbitraries.of(Band.class)).as(Outcome.Again::new));
    Arbitrary<Step> add =
        Combinators.combine(keys, Arbitraries.of(Band.class)).as(QueueModel.Add::new);
    Arbitrary<Step> remind = Combinators.combine(keys, waits).as(QueueModel.Remind::new);
    Arbitrary<Step> poll = Arbitraries.just(new QueueModel.Poll());
    Arbitrary<Step> complete = Combinators.combine(picks, outcomes).as(QueueModel.Complete::new);
    Arbitrary<Step> advance = waits.map(QueueModel.Advance::new);
    return Arbitraries.<Step>frequencyOf(
            Tuple.of(5, add),
            Tuple.of(2, remind),
            Tuple.of(5, poll),
            Tuple.of(4, complete),
            Tuple.of(2, advance))
        .list()
        .ofMaxSize(120);
  }
}
