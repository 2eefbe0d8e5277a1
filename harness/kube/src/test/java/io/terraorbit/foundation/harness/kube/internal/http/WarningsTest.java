package io.terraorbit.foundation.harness.kube.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningsTest {
  @Test
  void areQuotedAndGivenOnce() {
    assertThat(Warnings.of(List.of("unknown field \"spec.a\"", "b\\c", "unknown field \"spec.a\"")))
        .containsExactly("299 - \"unknown field \\\"spec.a\\\"\"", "299 - \"b\\\\c\"");
  }

  @Test
  void areLeftOutWhenNoHeaderCanHoldThem() {
    assertThat(Warnings.of(List.of("a\nb", "", "ok"))).containsExactly("299 - \"ok\"");
  }

  @Test
  void areWholeUpToFourThousandCharacters() {
    String half = "é".repeat(2048);
    assertThat(Warnings.of(List.of("a" + half.substring(1), half)))
        .allMatch(value -> value.length() > 2048);
  }

  @Test
  void areCutPastThat() {
    List<String> many =
        IntStream.range(0, 40).mapToObj(i -> String.format("%04d", i) + "x".repeat(400)).toList();

    List<String> values = Warnings.of(many);

    assertThat(values).hasSize(16).allMatch(value -> value.length() == "299 - \"\"".length() + 256);
    assertThat(Warnings.of(List.of("𝒳".repeat(5000))).get(0)).hasSize("299 - \"\"".length() + 512);
  }
}
