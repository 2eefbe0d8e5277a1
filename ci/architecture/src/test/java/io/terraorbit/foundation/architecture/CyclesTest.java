package io.terraorbit.foundation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CyclesTest {
  @Test
  void findsACycleOverSeveralSteps() {
    assertThat(
            Cycles.in(
                Map.of(
                    "a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("a"), "d", Set.of("e"))))
        .containsExactly(Set.of("a", "b", "c"));
  }

  @Test
  void findsNoneInADiamond() {
    assertThat(
            Cycles.in(
                Map.of("a", Set.of("b", "c"), "b", Set.of("d"), "c", Set.of("d"), "d", Set.of())))
        .isEmpty();
  }
}
