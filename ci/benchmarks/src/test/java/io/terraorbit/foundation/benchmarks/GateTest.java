package io.terraorbit.foundation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class GateTest {
  private final Gate gate = new Gate("queue", "A.ours", "A.peer", 1.2);

  @Test
  void comparesWithinEachRound() {
    Gate.Outcome outcome =
        new Gate.Outcome(gate, List.of(10.0, 100.0, 11.0), List.of(10.0, 100.0, 10.0));

    assertThat(outcome.ratio()).isEqualTo(1.0);
    assertThat(outcome.holds()).isTrue();
    assertThat(outcome.row()).contains("queue", "1.00", "1.20", "ok");
  }

  @Test
  void isBreachedWhenTheMedianRatioIsAboveTheBound() {
    Gate.Outcome outcome = new Gate.Outcome(gate, List.of(13.0, 12.0), List.of(10.0, 9.0));

    assertThat(outcome.holds()).isFalse();
    assertThat(outcome.row()).endsWith("BREACHED");
  }

  @Test
  void refusesAComparisonOfUnequalRounds() {
    assertThatThrownBy(() -> new Gate.Outcome(gate, List.of(1.0), List.of()))
        .hasMessage("a gate needs as many rounds of ours as of the peer's, got 1 and 0");
  }

  @Test
  void takesTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(Gate.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
    assertThat(Gate.median(List.of(4.0, 1.0))).isEqualTo(2.5);
  }

  @Test
  void everyGateNamesTwoBenchmarksThatExist() throws IOException, ReflectiveOperationException {
    for (Gate each : Gates.read(Path.of("gates.yaml")).gates()) {
      for (String name : List.of(each.ours(), each.peer())) {
        Class<?> type =
            Class.forName(
                "io.terraorbit.foundation.benchmarks." + name.substring(0, name.indexOf('.')));
        assertThat(List.of(type.getMethods()))
            .as(name)
            .filteredOn(method -> method.getName().equals(name.substring(name.indexOf('.') + 1)))
            .anyMatch(GateTest::isBenchmark);
      }
    }
  }

  private static boolean isBenchmark(Method method) {
    return method.isAnnotationPresent(Benchmark.class);
  }
}
