package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyStageTest {
  @Test
  void countsTheDelayOfEachChunkFromItsArrival() {
    StageBench bench = new StageBench(new LatencyStage(300, 0));
    bench.arrive("a").advance(50).arrive("b").advance(50).arrive("c").advance(500);
    assertThat(bench.out()).containsExactly("300:a", "350:b", "400:c");
    assertThat(bench.hits()).isEqualTo(1);
    assertThat(bench.settled()).isEqualTo(3);
  }

  @Test
  void letsTheEndWaitBehindDataOnly() {
    assertThat(new StageBench(new LatencyStage(300, 0)).end(Ending.HALF_CLOSE).out())
        .containsExactly("0:HALF_CLOSE");
    StageBench bench = new StageBench(new LatencyStage(300, 0));
    bench.arrive("a").end(Ending.CLOSE).advance(400);
    assertThat(bench.out()).containsExactly("300:a", "300:CLOSE");
  }

  @Test
  void passesTheChunkInHandAtOnceWhenChangedAndTimesTheOthersAnew() {
    StageBench bench = new StageBench(new LatencyStage(1000, 0));
    bench.arrive("a").arrive("b").advance(100).change(new LatencyStage(200, 0)).advance(1000);
    assertThat(bench.out()).containsExactly("100:a", "200:b");
  }

  @Test
  void passesEverythingAtOnceWhenRemoved() {
    StageBench bench = new StageBench(new LatencyStage(1000, 0));
    bench.arrive("a").arrive("b").end(Ending.HALF_CLOSE).advance(10).remove();
    assertThat(bench.out()).containsExactly("10:a", "10:b", "10:HALF_CLOSE");
    assertThat(bench.heldBytes()).isZero();
    assertThat(bench.pendingWakes()).isZero();
  }

  @Test
  void changesNothingWhileNothingWaits() {
    StageBench bench = new StageBench(new LatencyStage(10, 0));
    assertThat(bench.change(new LatencyStage(5, 0)).remove().out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-5, 0", "0, -7", "-1, -9223372036854775808"})
  void delaysNothingWithoutAPositiveNumber(long latency, long jitter) {
    StageBench bench = new StageBench(new LatencyStage(latency, jitter));
    assertThat(bench.arrive("a").out()).containsExactly("0:a");
    assertThat(bench.hits()).isZero();
  }

  @Test
  void drawsJitterForEachChunkWithinItsBounds() {
    StageBench bench = new StageBench(new LatencyStage(100, 50));
    for (int i = 0; i < 200; i++) {
      bench.arrive("x").advance(200);
    }
    assertThat(bench.out()).hasSize(200);
    int longest = 0;
    int shortest = 1000;
    for (int i = 0; i < 200; i++) {
      int delay = Integer.parseInt(bench.out().get(i).split(":")[0]) - 200 * i;
      longest = Math.max(longest, delay);
      shortest = Math.min(shortest, delay);
    }
    assertThat(shortest).isBetween(50, 60);
    assertThat(longest).isBetween(140, 149);
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807, 0", "9223372036854775807, 9223372036854775807"})
  void survivesNumbersThatMakeNoSense(long latency, long jitter) {
    StageBench bench = new StageBench(new LatencyStage(latency, jitter));
    assertThat(bench.arrive("a").advance(1000).out()).isEmpty();
    assertThat(bench.remove().out()).containsExactly("1000:a");
  }

  @Test
  void holdsAsManyChunksAsToxiproxyBeforeTheSourceHasToStop() {
    StageBench bench = new StageBench(new LatencyStage(1000, 0));
    for (int i = 0; i < 1023; i++) {
      bench.arrive("x");
    }
    assertThat(bench.full()).isFalse();
    assertThat(bench.arrive("x").full()).isTrue();
    assertThat(bench.heldBytes()).isEqualTo(1024);
  }

  @Test
  void dropsWhatItHoldsWhenTheConnectionIsGone() {
    StageBench bench = new StageBench(new LatencyStage(1000, 0));
    bench.arrive("a").discard().arrive("b").advance(2000);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.heldBytes()).isZero();
  }

  @Test
  void isLeftOutWhereTheToxicDoesNotAffectTheConnection() {
    StageBench bench = new StageBench(Stage.PASS);
    assertThat(bench.arrive("a").end(Ending.HALF_CLOSE).end(Ending.CLOSE).out())
        .containsExactly("0:a", "0:HALF_CLOSE", "0:CLOSE");
  }
}
