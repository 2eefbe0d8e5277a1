package io.terraorbit.foundation.controller;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final Exception BROKEN = new IllegalStateException("broken");

  private final VirtualTime time = new VirtualTime();
  private final WorkQueue<String> queue =
      WorkQueue.builder()
          .time(time)
          .random(new SplittableRandom(1))
          .backoff(Backoff.exponential(ofSeconds(2), ofSeconds(60), 0))
          .eventFloor(ofSeconds(1))
          .starvationBound(4)
          .build();

  @Nested
  class Adding {
    @Test
    void mergesEventsBeforeARunIntoOneRun() throws Exception {
      queue.add("a");
      queue.add("a");
      assertThat(claim().key()).isEqualTo("a");
      assertThat(next()).isEmpty();
    }

    @Test
    void mergesEventsDuringARunIntoOneMore() throws Exception {
      queue.add("a");
      Claim<String> first = claim();
      queue.add("a");
      queue.add("a");
      assertThat(next()).isEmpty();
      first.complete(Outcome.done());
      claim().complete(Outcome.done());
      assertThat(next()).isEmpty();
      assertThat(queue.size()).isZero();
    }

    @Test
    void keepsTheMergedCausesOnceEachInOrder() throws Exception {
      queue.add("a", Band.NORMAL, new Cause("added", "1"));
      time.advance(ofMillis(30));
      queue.add("a", Band.NORMAL, new Cause("updated", "2"));
      queue.add("a", Band.NORMAL, new Cause("updated", "2"));
      time.advance(ofMillis(12));
      Claim<String> claim = claim();
      assertThat(claim.causes())
          .containsExactly(new Cause("added", "1"), new Cause("updated", "2"));
      assertThat(claim.furtherCauses()).isZero();
      assertThat(claim.waited()).isEqualTo(ofMillis(42));
    }

    @Test
    void countsTheCausesBeyondTheFirstSixteen() throws Exception {
      for (int i = 0; i < 20; i++) {
        queue.add("a", Band.NORMAL, new Cause("updated", "" + i));
      }
      Claim<String> claim = claim();
      assertThat(claim.causes()).hasSize(16);
      assertThat(claim.furtherCauses()).isEqualTo(4);
    }

    @Test
    void movesAWaitingKeyToAMoreUrgentBandButNeverBack() throws Exception {
      queue.add("a", Band.NORMAL, new Cause("signal", ""));
      queue.add("b", Band.BACKGROUND, new Cause("signal", ""));
      queue.add("b", Band.URGENT, new Cause("signal", ""));
      queue.add("b", Band.BACKGROUND, new Cause("signal", ""));
      assertThat(claim()).returns("b", Claim::key).returns(Band.URGENT, Claim::band);
      assertThat(claim().key()).isEqualTo("a");
    }

    @Test
    void servesALowerBandWithinTheStarvationBound() throws Exception {
      queue.add("low", Band.BACKGROUND, new Cause("signal", ""));
      List<String> served = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        queue.add("urgent-" + i, Band.URGENT, new Cause("signal", ""));
        served.add(claim().key());
      }
      assertThat(served).containsExactly("urgent-0", "urgent-1", "low", "urgent-2");
    }
  }

  @Nested
  class Failing {
    @Test
    void comesBackAfterADoublingBackoff() throws Exception {
      queue.add("a");
      for (int failures = 0; failures < 4; failures++) {
        Claim<String> claim = claim();
        assertThat(claim.failures()).isEqualTo(failures);
        claim.complete(Outcome.failed(BROKEN));
        time.advance(ofSeconds(2L << failures).minusNanos(1));
        assertThat(next()).isEmpty();
        time.advance(Duration.ofNanos(1));
      }
      Claim<String> last = claim();
      assertThat(last.causes())
          .containsExactly(
              new Cause("retry", "failure 4: java.lang.IllegalStateException: broken"));
      assertThat(last.waited()).isZero();
    }

    @Test
    void forgetsFailuresAndRetryOnSuccess() throws Exception {
      queue.add("a");
      claim().complete(Outcome.failed(BROKEN));
      time.advance(ofSeconds(1));
      queue.add("a");
      Claim<String> second = claim();
      assertThat(second.failures()).isEqualTo(1);
      second.complete(Outcome.done());
      time.advance(ofDays(1));
      assertThat(next()).isEmpty();
      queue.add("a");
      assertThat(claim().failures()).isZero();
    }

    @Test
    void anEventPullsARetryForwardToTheFloorOnly() throws Exception {
      queue.add("a");
      claim().complete(Outcome.failed(BROKEN));
      queue.add("a", Band.URGENT, new Cause("updated", "x"));
      time.advance(ofMillis(999));
      assertThat(next()).isEmpty();
      assertThat(queue.stats().retrying()).isEqualTo(1);
      time.advance(ofMillis(1));
      assertThat(claim())
          .returns(Band.URGENT, Claim::band)
          .satisfies(c -> assertThat(c.causes()).contains(new Cause("updated", "x")));
    }

    @Test
    void anEventDuringAFailingRunWaitsForTheFloorToo() throws Exception {
      queue.add("a");
      Claim<String> claim = claim();
      queue.add("a");
      claim.complete(Outcome.failed(BROKEN));
      assertThat(next()).isEmpty();
      time.advance(ofSeconds(1));
      assertThat(next()).isPresent();
    }

    @Test
    void aReminderDoesNotGetAroundTheFloor() throws Exception {
      queue.add("a");
      claim().complete(Outcome.failed(BROKEN));
      queue.remind("a", ofMillis(1));
      time.advance(ofMillis(999));
      assertThat(next()).isEmpty();
      time.advance(ofMillis(1));
      assertThat(claim().causes()).containsExactly(new Cause("reminder", ""));
    }

    @Test
    void fatalWaitsForTheNextEventAndForgetsFailures() throws Exception {
      queue.add("a");
      claim().complete(Outcome.failed(BROKEN));
      time.advance(ofSeconds(2));
      claim().complete(Outcome.fatal(BROKEN));
      time.advance(ofDays(1));
      assertThat(next()).isEmpty();
      assertThat(queue.size()).isZero();
      queue.add("a");
      assertThat(claim().failures()).isZero();
    }

    @Test
    void aClaimClosedUnfinishedIsAFailure() throws Exception {
      queue.add("a");
      claim().close();
      assertThat(queue.stats().retrying()).isEqualTo(1);
      time.advance(ofSeconds(2));
      assertThat(claim().failures()).isEqualTo(1);
    }
  }

  @Nested
  class Completing {
    @Test
    void countsOnlyTheFirstTime() throws Exception {
      queue.add("a");
      Claim<String> claim = claim();
      assertThat(claim.complete(Outcome.done())).isTrue();
      queue.add("a");
      assertThat(claim.complete(Outcome.failed(BROKEN))).isFalse();
      Claim<String> second = claim();
      claim.close();
      assertThat(next()).isEmpty();
      second.complete(Outcome.done());
      assertThat(queue.size()).isZero();
    }
  }

  @Nested
  class CompletingLate {
    @Test
    void doesNotEndTheNextClaimOfTheKey() throws Exception {
      queue.add("a");
      Claim<String> first = claim();
      queue.add("a");
      first.complete(Outcome.done());
      Claim<String> second = claim();
      assertThat(first.complete(Outcome.done())).isFalse();
      queue.add("a");
      assertThat(next()).as("the key is still taken").isEmpty();
      assertThat(second.complete(Outcome.done())).isTrue();
      assertThat(next()).isPresent();
    }
  }

  @Nested
  class Reminding {
    @Test
    void runsAtTheEarliestOfTheReminders() throws Exception {
      queue.remind("a", ofSeconds(9));
      queue.remind("a", ofSeconds(5));
      queue.remind("a", ofSeconds(7));
      time.advance(ofSeconds(5));
      claim().complete(Outcome.done());
      time.advance(ofDays(1));
      assertThat(next()).isEmpty();
    }

    @Test
    void isDroppedWhenTheKeyRunsAnyway() throws Exception {
      queue.remind("a", ofSeconds(5));
      queue.add("a");
      queue.remind("a", ofSeconds(1));
      claim().complete(Outcome.done());
      time.advance(ofDays(1));
      assertThat(next()).isEmpty();
    }

    @Test
    void survivesWhenItIsSetDuringTheRun() throws Exception {
      queue.add("a");
      Claim<String> claim = claim();
      queue.remind("a", ofSeconds(5));
      claim.complete(Outcome.again(ofSeconds(9)));
      assertThat(queue.stats()).returns(1, QueueStats::reminded).returns(true, QueueStats::idle);
      time.advance(ofSeconds(5));
      assertThat(claim().causes()).containsExactly(new Cause("reminder", ""));
    }

    @Test
    void againIsServedInTheBandThatItNames() throws Exception {
      queue.add("a", Band.URGENT, new Cause("signal", ""));
      claim().complete(new Outcome.Again(ofSeconds(1), Band.BACKGROUND));
      time.advance(ofSeconds(1));
      assertThat(claim().band()).isEqualTo(Band.BACKGROUND);
    }

    @Test
    void acceptsAWaitForEver() throws Exception {
      queue.remind("a", Duration.ofSeconds(Long.MAX_VALUE));
      queue.remind("b", ZERO);
      assertThat(claim().key()).isEqualTo("b");
      assertThat(next()).isEmpty();
    }

    @Test
    void refusesATimeInThePast() {
      assertThatThrownBy(() -> queue.remind("a", ofSeconds(-1)))
          .hasMessage("a reminder needs zero or more, got PT-1S");
      assertThatThrownBy(() -> Outcome.again(ofSeconds(-1)))
          .hasMessage("again needs a wait of zero or more, got PT-1S");
    }
  }

  @Nested
  class Stats {
    @Test
    void countWhatEachKeyWaitsFor() throws Exception {
      queue.add("failing");
      claim().complete(Outcome.failed(BROKEN));
      queue.remind("reminded", ofSeconds(50));
      queue.add("running");
      claim();
      queue.add("running");
      queue.add("ready", Band.BACKGROUND, new Cause("signal", ""));
      time.advance(ofSeconds(1));
      assertThat(queue.stats())
          .isEqualTo(
              new QueueStats(
                  Map.of(Band.URGENT, 0, Band.NORMAL, 0, Band.BACKGROUND, 1),
                  1,
                  1,
                  1,
                  1,
                  ofSeconds(1)));
      assertThat(queue.stats().idle()).isFalse();
    }
  }

  @Nested
  class ShuttingDown {
    @Test
    void refusesNewWork() throws Exception {
      queue.close();
      assertThat(queue.add("a")).isFalse();
      assertThat(queue.remind("a", ZERO)).isFalse();
      assertThat(queue.take()).isEmpty();
      assertThat(queue.size()).isZero();
    }

    @Test
    void nowNamesAllThatItDrops() throws Exception {
      queue.add("failing");
      claim().complete(Outcome.failed(BROKEN));
      queue.add("running");
      Claim<String> running = claim();
      queue.add("running");
      queue.remind("running", ofSeconds(5));
      queue.remind("reminded", ofSeconds(5));
      queue.add("ready");
      ShutdownReport<String> report = queue.shutdown(Shutdown.now());
      assertThat(report.completed()).isZero();
      assertThat(report.droppedReady()).containsExactlyInAnyOrder("running", "ready");
      assertThat(report.droppedDelayed())
          .containsExactlyInAnyOrder("failing", "running", "reminded");
      assertThat(report.stillRunning()).containsExactly("running");
      assertThat(running.complete(Outcome.failed(BROKEN))).isTrue();
      assertThat(queue.shutdown(Shutdown.now()))
          .returns(1L, ShutdownReport::completed)
          .returns(List.of(), ShutdownReport::stillRunning);
      assertThat(queue.size()).isZero();
    }

    @Test
    void aDrainWithoutTimeIsNow() throws Exception {
      queue.add("ready");
      assertThat(queue.shutdown(Shutdown.drain(ZERO)).droppedReady()).containsExactly("ready");
      assertThatThrownBy(() -> Shutdown.drain(ofSeconds(-1)))
          .hasMessage("drain needs a wait of zero or more, got PT-1S");
    }
  }

  @Test
  void refusesABoundThatCannotBeKept() {
    assertThatThrownBy(() -> WorkQueue.builder().starvationBound(2).build())
        .hasMessage("the starvation bound must allow a turn for each of the 3 bands, got 2");
  }

  private Optional<Claim<String>> next() throws InterruptedException {
    return queue.poll(ZERO);
  }

  private Claim<String> claim() throws InterruptedException {
    return next().orElseThrow();
  }
}
