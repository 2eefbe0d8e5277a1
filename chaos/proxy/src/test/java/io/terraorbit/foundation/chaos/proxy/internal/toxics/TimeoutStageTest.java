package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutStageTest {
  @Test
  void closesAnIdleConnectionWhenTheTimeIsOver() {
    StageBench bench = new StageBench(new TimeoutStage(300)).advance(299);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.hits()).isZero();
    assertThat(bench.advance(1).out()).containsExactly("300:CLOSE");
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void dropsDataAndWaitsAnewAfterEachChunk() {
    StageBench bench = new StageBench(new TimeoutStage(300));
    bench.advance(200).arrive("a").advance(200).arrive("b").advance(400);
    assertThat(bench.out()).containsExactly("700:CLOSE");
    assertThat(bench.heldBytes()).isZero();
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void keepsTheEndBackAndStillCloses() {
    StageBench bench = new StageBench(new TimeoutStage(300));
    assertThat(bench.advance(100).end(Ending.HALF_CLOSE).advance(100).out()).isEmpty();
    assertThat(bench.advance(100).out()).containsExactly("300:CLOSE");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void dropsForEverWithoutATime(long timeout) {
    StageBench bench = new StageBench(new TimeoutStage(timeout));
    assertThat(bench.arrive("a").end(Ending.HALF_CLOSE).advance(1_000_000).out()).isEmpty();
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void closesWhenRemoved() {
    StageBench bench = new StageBench(new TimeoutStage(0));
    assertThat(bench.arrive("a").advance(10).remove().arrive("b").out())
        .containsExactly("10:CLOSE");
  }

  @Test
  void startsAnewWhenChanged() {
    StageBench bench = new StageBench(new TimeoutStage(300));
    bench.advance(200).change(new TimeoutStage(50)).advance(60);
    assertThat(bench.out()).containsExactly("250:CLOSE");
  }
}
