package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitDataStageTest {
  @Test
  void cutsTheChunkThatCrossesTheLimitAndCloses() {
    StageBench bench = new StageBench(new LimitDataStage(5)).arrive("abc");
    assertThat(bench.hits()).isZero();
    assertThat(bench.arrive("defg").arrive("h").out()).containsExactly("0:abc", "0:de", "0:CLOSE");
    assertThat(bench.hits()).isEqualTo(1);
    assertThat(bench.heldBytes()).isZero();
  }

  @Test
  void closesAsSoonAsTheLimitIsReachedExactly() {
    StageBench bench = new StageBench(new LimitDataStage(3));
    assertThat(bench.arrive("abc").out()).containsExactly("0:abc", "0:CLOSE");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void closesAtTheFirstDataWithoutALimitAboveZero(long limit) {
    StageBench bench = new StageBench(new LimitDataStage(limit));
    assertThat(bench.out()).isEmpty();
    assertThat(bench.arrive("a").out()).containsExactly("0:CLOSE");
  }

  @Test
  void passesAnEndBelowTheLimit() {
    StageBench bench = new StageBench(new LimitDataStage(3));
    assertThat(bench.arrive("ab").end(Ending.HALF_CLOSE).out())
        .containsExactly("0:ab", "0:HALF_CLOSE");
  }

  @Test
  void goesOnCountingWhenChanged() {
    StageBench bench = new StageBench(new LimitDataStage(100));
    bench.arrive("abc").change(new LimitDataStage(5)).arrive("defg");
    assertThat(bench.out()).containsExactly("0:abc", "0:de", "0:CLOSE");
  }

  @Test
  void closesAtTheNextDataWhenLoweredBelowWhatHasPassed() {
    StageBench bench = new StageBench(new LimitDataStage(100));
    bench.arrive("abc").change(new LimitDataStage(2));
    assertThat(bench.out()).containsExactly("0:abc");
    assertThat(bench.arrive("d").out()).containsExactly("0:abc", "0:CLOSE");
  }

  @Test
  void dropsDataThatComesAfterIt() {
    StageBench bench = new StageBench(new LimitDataStage(1)).arrive("ab").change(Stage.PASS);
    assertThat(bench.arrive("c").out()).containsExactly("0:a", "0:CLOSE");
  }
}
