package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "300ms, PT0.3S",
    "2s, PT2S",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1h0m0.25s, PT1H0.25S",
    "7us, PT0.000007S",
    "7µs, PT0.000007S",
    "9ns, PT0.000000009S"
  })
  void readsWhatGoReads(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "s", "-2s", "2 s", "2d", "1m 30s", "2s!", "!2s", "300000000h"})
  void refusesWhatGoRefuses(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.25S, 250ms",
    "PT0.0005S, 0.5ms",
    "PT2S, 2s",
    "PT1M30S, 1m30s",
    "PT1H0.5S, 1h0.5s",
    "PT2H, 2h"
  })
  void writesForPeople(Duration duration, String expected) {
    assertThat(GoDuration.format(duration)).isEqualTo(expected);
  }

  @Test
  void readsTheMostThatGoHolds() {
    assertThat(GoDuration.parse(Long.MAX_VALUE + "ns")).contains(Duration.ofNanos(Long.MAX_VALUE));
    assertThat(GoDuration.parse("9223372036854775808ns")).isEmpty();
  }

  @Property
  void readsBackWhatItWrote(@ForAll @LongRange(min = 0) long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(Optional.of(duration));
  }
}
