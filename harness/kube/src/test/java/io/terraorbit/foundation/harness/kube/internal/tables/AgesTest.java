package io.terraorbit.foundation.harness.kube.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "PT-2S, <invalid>",
    "PT-1S, 0s",
    "PT-0.5S, 0s",
    "PT0S, 0s",
    "PT1.999S, 1s",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT9M59S, 9m59s",
    "PT10M30S, 10m",
    "PT179M59S, 179m",
    "PT3H, 3h",
    "PT7H59M, 7h59m",
    "PT8H30M, 8h",
    "PT47H59M, 47h",
    "PT48H, 2d",
    "PT50H, 2d2h",
    "P8D, 8d",
    "P729DT23H, 729d",
    "P730D, 2y",
    "P1000D, 2y270d",
    "P2920D, 8y",
    "P4000D, 10y"
  })
  void spansAreToldInAtMostTwoUnits(Duration span, String text) {
    assertThat(Ages.text(span)).isEqualTo(text);
  }

  @Test
  void whatIsNoTimeIsInvalidAndWhatIsAbsentUnknown() {
    Instant now = Instant.parse("2026-01-01T00:01:00Z");

    assertThat(Ages.since("soon", now)).isEqualTo("<invalid>");
    assertThat(Ages.since("2026-01-01T01:00:00+01:00", now)).isEqualTo("60s");
    assertThat(Ages.since(Map.of(), now, "metadata", "creationTimestamp")).isEqualTo("<unknown>");
  }
}
