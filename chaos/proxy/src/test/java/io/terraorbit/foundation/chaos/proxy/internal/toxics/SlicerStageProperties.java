package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.StageBench;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlicerStageProperties {
  @Property(tries = 300)
  void anyAttributesKeepTheBytesAndTheirOrder(
      @ForAll long average,
      @ForAll long variation,
      @ForAll @IntRange(min = 1, max = 2000) int size) {
    StageBench bench = new StageBench(new SlicerStage(average, variation, 0));
    bench.arrive("x".repeat(size)).arrive("tail");
    assertThat(bench.sizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(size + 4);
    assertThat(bench.sizes()).allMatch(piece -> piece > 0);
    assertThat(bench.heldBytes()).isZero();
  }

  @Property(tries = 300)
  void piecesAreNeverLargerThanAverageAndVariation(
      @ForAll @IntRange(min = 1, max = 300) int average,
      @ForAll @IntRange(max = 400) int variation,
      @ForAll @IntRange(min = 1, max = 5000) int size) {
    StageBench bench = new StageBench(new SlicerStage(average, variation, 0));
    bench.arrive("x".repeat(size));
    assertThat(bench.sizes()).allMatch(piece -> piece <= average + variation);
    assertThat(bench.sizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(size);
  }

  @Example
  void pausesAfterEachPiece() {
    StageBench bench = new StageBench(new SlicerStage(2, 0, 10_000));
    bench.arrive("abcdef").end(Ending.HALF_CLOSE).advance(100);
    assertThat(bench.out()).containsExactly("0:a", "10:bc", "20:d", "30:ef", "40:HALF_CLOSE");
    assertThat(bench.hits()).isEqualTo(1);
  }

  @Example
  void leavesChunksWholeWithoutASize() {
    StageBench bench = new StageBench(new SlicerStage(0, 0, 0));
    assertThat(bench.arrive("abcdef").out()).containsExactly("0:abcdef");
    assertThat(bench.hits()).isZero();
  }

  @Example
  void passesTheRestAtOnceWhenRemoved() {
    StageBench bench = new StageBench(new SlicerStage(2, 0, 10_000));
    assertThat(bench.arrive("abcdef").remove().out()).containsExactly("0:a", "0:bcdef");
  }
}
