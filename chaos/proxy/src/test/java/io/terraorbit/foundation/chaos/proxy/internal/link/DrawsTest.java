package io.terraorbit.foundation.chaos.proxy.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static StagePlan plan(String toxic, boolean upstream, int epoch) {
    return new StagePlan(toxic, upstream, 1, epoch, () -> Stage.PASS);
  }

  private static long first(long seed, String proxy, long connection, StagePlan plan) {
    return new Draws(seed).generator(proxy, connection, plan).nextLong();
  }

  @Test
  void areTheSameForTheSameNamesAndNumbers() {
    assertThat(first(1, "p", 1, plan("t", true, 1)))
        .isEqualTo(first(1, "p", 1, plan("t", true, 1)));
  }

  @Test
  void differInEachOfThem() {
    List<Long> draws =
        List.of(
            first(1, "p", 1, plan("t", true, 1)),
            first(2, "p", 1, plan("t", true, 1)),
            first(1, "q", 1, plan("t", true, 1)),
            first(1, "p", 2, plan("t", true, 1)),
            first(1, "p", 1, plan("u", true, 1)),
            first(1, "p", 1, plan("t", false, 1)),
            first(1, "p", 1, plan("t", true, 2)));
    assertThat(draws).doesNotHaveDuplicates();
  }

  @Test
  void areEvenOverTheConnections() {
    long below =
        LongStream.range(0, 10_000)
            .filter(i -> new Draws(5).generator("p", i, plan("t", true, 1)).nextFloat() < 0.25)
            .count();
    assertThat(below).isBetween(2300L, 2700L);
  }
}
