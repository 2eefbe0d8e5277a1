package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthStageTest {
  @Test
  void cutsLargeChunksIntoTenthsOfASecond() {
    StageBench bench = new StageBench(new BandwidthStage(10));
    bench.arrive("x".repeat(2500)).end(Ending.HALF_CLOSE).advance(1000);
    assertThat(bench.sizes()).containsExactly(1000, 1000, 500);
    assertThat(bench.out().get(0)).startsWith("100:");
    assertThat(bench.out().get(1)).startsWith("200:");
    assertThat(bench.out().get(2)).startsWith("250:");
    assertThat(bench.out().get(3)).isEqualTo("250:HALF_CLOSE");
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Test
  void countsAnewAfterAPause() {
    StageBench bench = new StageBench(new BandwidthStage(1));
    bench.arrive("0123456789").advance(500).arrive("0123456789").advance(500);
    assertThat(bench.out()).containsExactly("10:0123456789", "510:0123456789");
  }

  @Test
  void passesAtOnceWhatTakesNoTime() {
    StageBench bench = new StageBench(new BandwidthStage(Long.MAX_VALUE));
    assertThat(bench.arrive("abc").out()).containsExactly("0:abc");
    assertThat(bench.hits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void stallsWithoutARateUntilRemoved(long rate) {
    StageBench bench = new StageBench(new BandwidthStage(rate));
    bench.arrive("a").arrive("b").end(Ending.HALF_CLOSE).advance(60_000);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.full()).isTrue();
    assertThat(bench.hits()).isEqualTo(1);
    assertThat(bench.remove().out()).containsExactly("60000:a", "60000:b", "60000:HALF_CLOSE");
  }

  @Test
  void goesOnAtAnotherRateWithWhatItHolds() {
    StageBench bench = new StageBench(new BandwidthStage(0));
    bench.arrive("0123456789").advance(1000).change(new BandwidthStage(1)).advance(1000);
    assertThat(bench.out()).containsExactly("1010:0123456789");
  }
}
