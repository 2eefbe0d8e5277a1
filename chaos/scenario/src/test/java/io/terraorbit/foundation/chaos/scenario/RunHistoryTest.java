package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.time.TimeSource;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunHistoryTest {
  private static final Fact FACT = new Fact.FaultOff("f", 0);

  @Test
  void countsMicrosecondsFromItsBeginning() {
    VirtualTime time = new VirtualTime();
    time.advance(Duration.ofDays(1));
    RunHistory history = new RunHistory(time, 10, event -> {});
    history.append(FACT);
    time.advance(Duration.ofNanos(1_234_999));
    history.append(FACT);
    assertThat(history.events())
        .containsExactly(new RunEvent(1, 0, FACT), new RunEvent(2, 1_234, FACT));
  }

  @Test
  void keepsOneOrderForManyThreads() throws Exception {
    List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
    RunHistory history = new RunHistory(TimeSource.system(), 10_000, heard::add);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 1_000; n++) {
                    history.append(FACT);
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    List<RunEvent> events = history.events();
    assertThat(events).hasSize(4_000).isEqualTo(heard);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).seq()).isEqualTo(i + 1L);
      assertThat(events.get(i).micros())
          .isGreaterThanOrEqualTo(i == 0 ? 0 : events.get(i - 1).micros());
    }
  }

  @Test
  void saysWhenItLostEntries() {
    RunHistory history = new RunHistory(TimeSource.system(), 2, event -> {});
    history.append(FACT);
    history.append(FACT);
    assertThat(history.truncated()).isFalse();
    history.append(FACT);
    assertThat(history.truncated()).isTrue();
    assertThat(history.events()).hasSize(2);
  }

  @Test
  void showsWhatItWasWhenAsked() {
    RunHistory history = new RunHistory(TimeSource.system(), 10, event -> {});
    history.append(FACT);
    List<RunEvent> before = history.events();
    history.append(FACT);
    assertThat(before).hasSize(1);
    assertThatThrownBy(() -> before.add(new RunEvent(1, 1, FACT)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void wakesWhoWaitsForMore() throws Exception {
    RunHistory history = new RunHistory(TimeSource.system(), 10, event -> {});
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              try {
                history.awaitMore(0, Duration.ofMinutes(10));
                woken.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();
    history.append(FACT);
    assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
    waiter.join(30_000);
    history.awaitMore(1, Duration.ofMillis(1));
    assertThat(history.size()).isEqualTo(1);
  }
}
