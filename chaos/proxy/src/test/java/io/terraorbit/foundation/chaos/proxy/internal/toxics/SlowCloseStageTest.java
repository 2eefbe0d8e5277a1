package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;

class SlowCloseStageTest {
  @Test
  void passesDataAtOnceAndTheEndLate() {
    StageBench bench = new StageBench(new SlowCloseStage(100));
    bench.arrive("a").advance(50).end(Ending.HALF_CLOSE).advance(200);
    assertThat(bench.out()).containsExactly("0:a", "150:HALF_CLOSE");
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void waitsAnewWhenChanged() {
    StageBench bench = new StageBench(new SlowCloseStage(100));
    bench.end(Ending.HALF_CLOSE).advance(90).change(new SlowCloseStage(50)).advance(100);
    assertThat(bench.out()).containsExactly("140:HALF_CLOSE");
  }

  @Test
  void endsAtOnceWhenRemoved() {
    StageBench bench = new StageBench(new SlowCloseStage(100));
    assertThat(bench.end(Ending.CLOSE).advance(10).remove().out()).containsExactly("10:CLOSE");
  }

  @Test
  void delaysNothingWithoutAPositiveNumber() {
    StageBench bench = new StageBench(new SlowCloseStage(-1));
    assertThat(bench.end(Ending.HALF_CLOSE).out()).containsExactly("0:HALF_CLOSE");
    assertThat(bench.hits()).isZero();
  }

  @Test
  void letsAStrongerEndTakeThePlaceOfAWeakerOne() {
    StageBench bench = new StageBench(new SlowCloseStage(100));
    bench.end(Ending.RESET).end(Ending.HALF_CLOSE).advance(100);
    assertThat(bench.out()).containsExactly("100:RESET");
  }
}
