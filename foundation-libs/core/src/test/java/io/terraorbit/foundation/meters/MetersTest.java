package io.terraorbit.foundation.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.meters.Meters.Registration;
import io.terraorbit.foundation.meters.MetricSpec.Type;
import io.terraorbit.foundation.meters.MetricSpec.Unit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetersTest {
  private static final MetricSpec CALLS =
      MetricSpec.counter("client_calls_total", "Calls made.", "target", "outcome");
  private static final MetricSpec WAITS =
      MetricSpec.histogram("pool_wait_seconds", "Time waited.", Unit.SECONDS, "pool");
  private static final MetricSpec DEPTH = MetricSpec.gauge("queue_depth", "Waiting.", Unit.NONE);

  @Nested
  class InMemory {
    private final MemoryMeters meters = new MemoryMeters();

    @Test
    void addUpWhatIsCountedPerLabelValues() {
      meters.counter(CALLS, "db", "ok").increment();
      meters.counter(CALLS, "db", "ok").add(2);
      meters.counter(CALLS, "db", "failed").increment();

      assertThat(meters.value(CALLS, "db", "ok")).isEqualTo(3);
      assertThat(meters.value(CALLS, "db", "failed")).isEqualTo(1);
      assertThat(meters.value(CALLS, "cache", "ok")).isZero();
    }

    @Test
    void keepEveryMeasurement() {
      Histogram waits = meters.histogram(WAITS, "main");
      waits.record(0.5);
      waits.record(Duration.ofMillis(20));
      waits.recordNanos(3_000_000_000L);

      assertThat(meters.values(WAITS, "main")).containsExactly(0.5, 0.02, 3.0);
      assertThat(meters.values(WAITS, "other")).isEmpty();
    }

    @Test
    void askAGaugeWheneverItIsRead() {
      double[] depth = {4};
      Registration gauge = meters.gauge(DEPTH, () -> depth[0]);
      assertThat(meters.value(DEPTH)).isEqualTo(4);
      depth[0] = 5;
      assertThat(meters.value(DEPTH)).isEqualTo(5);

      gauge.close();
      gauge.close();
      assertThatThrownBy(() -> meters.value(DEPTH))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("queue_depth");
    }

    @Test
    void refuseASecondGaugeInTheFirstOnesPlace() {
      meters.gauge(DEPTH, () -> 1);

      assertThatThrownBy(() -> meters.gauge(DEPTH, () -> 2)).hasMessageContaining("already");
      assertThat(meters.value(DEPTH)).isEqualTo(1);
    }

    @Test
    void refuseAnotherMetricOfTheSameName() {
      meters.counter(CALLS, "db", "ok");

      assertThatThrownBy(
              () -> meters.counter(MetricSpec.counter("client_calls_total", "Other.", "a"), "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("there is a metric 'client_calls_total' already");
    }
  }

  static Stream<Meters> all() {
    return Stream.of(Meters.none(), new MemoryMeters());
  }

  @ParameterizedTest
  @MethodSource("all")
  void refuseAMetricUsedAsAnother(Meters meters) {
    assertThatThrownBy(() -> meters.counter(WAITS, "main"))
        .hasMessage(
            "'pool_wait_seconds' is a HISTOGRAM with the labels [pool]; it was asked for as a"
                + " COUNTER with the label values [main]");
    assertThatThrownBy(() -> meters.histogram(CALLS, "db", "ok"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meters.gauge(CALLS, () -> 1, "db", "ok"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("all")
  void refuseTooFewLabelValues(Meters meters) {
    assertThatThrownBy(() -> meters.counter(CALLS, "db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with the label values [db]");
  }

  @Test
  void mayBeNoneAtAll() {
    Meters none = Meters.none();
    none.counter(CALLS, "db", "ok").increment();
    none.histogram(WAITS, "main").record(1);
    none.gauge(DEPTH, () -> 1).close();
    none.gauge(DEPTH, () -> 1).close();
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTER,   calls_total,         NONE",
    "COUNTER,   read_bytes_total,    BYTES",
    "GAUGE,     db_pool_connections, NONE",
    "GAUGE,     cache_near_bytes,    BYTES",
    "GAUGE,     cache_hit_ratio,     RATIO",
    "HISTOGRAM, call_seconds,        SECONDS"
  })
  void takeNamesByTheConventions(Type type, String name, Unit unit) {
    assertThat(new MetricSpec(type, name, "Help.", unit, List.of()).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTER,   calls,           NONE",
    "COUNTER,   read_total,      BYTES",
    "COUNTER,   callsMade_total, NONE",
    "GAUGE,     wait_ms,         SECONDS",
    "HISTOGRAM, call_duration,   SECONDS",
    "GAUGE,     1_depth,         NONE",
    "GAUGE,     depth,           NONE"
  })
  void refuseOtherNames(Type type, String name, Unit unit) {
    assertThatThrownBy(() -> new MetricSpec(type, name, "Help.", unit, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '%s'".formatted(name));
  }

  @ParameterizedTest
  @CsvSource({"podName", "'a,a'", "''"})
  void refuseLabelsThatAreNone(String labels) {
    assertThatThrownBy(() -> MetricSpec.counter("calls_total", "Help.", labels.split(",", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each once");
  }
}
