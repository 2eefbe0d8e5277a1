package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;

class ResetPeerStageTest {
  @Test
  void resetsAtTheFirstDataAndPassesNone() {
    StageBench bench = new StageBench(new ResetPeerStage(0)).advance(1000);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.hits()).isZero();
    assertThat(bench.arrive("a").arrive("b").out()).containsExactly("1000:RESET");
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void resetsAtTheEndOfAStreamWithoutData() {
    StageBench bench = new StageBench(new ResetPeerStage(-3));
    assertThat(bench.end(Ending.HALF_CLOSE).out()).containsExactly("0:RESET");
  }

  @Test
  void countsItsTimeFromTheFirstData() {
    StageBench bench = new StageBench(new ResetPeerStage(100));
    bench.advance(50).arrive("a").advance(50).arrive("b").advance(100);
    assertThat(bench.out()).containsExactly("150:RESET");
  }

  @Test
  void losesNothingWhenRemovedInTime() {
    StageBench bench = new StageBench(new ResetPeerStage(40_000));
    assertThat(bench.arrive("a").arrive("b").advance(10).remove().out())
        .containsExactly("10:a", "10:b");
  }
}
