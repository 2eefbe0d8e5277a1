package io.terraorbit.foundation.chaos.proxy.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoJsonTest {
  private static Object read(String text) {
    return GoJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,{\"b\":\"}\\\"{\"}]}",
        "{\"a\":[1,{\"b\":\"}\\\"{\"}]} {\"c\":1}",
        "\n {\"a\":[1,{\"b\":\"}\\\"{\"}]}]]",
      })
  void readsTheFirstValueAndIgnoresTheRest(String text) {
    assertThat(read(text)).isEqualTo(Map.of("a", List.of(1L, Map.of("b", "}\"{"))));
  }

  @Test
  void readsValuesThatAreNoObjects() {
    assertThat(read("12,")).isEqualTo(12L);
    assertThat(read("true false")).isEqualTo(true);
    assertThat(read("\"a b\"c")).isEqualTo("a b");
    assertThat(read("[]")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, | bad request body: unexpected EOF",
        "{\"a\":\"\\ | bad request body: unexpected EOF",
      })
  void tellsWhatDoesNotEnd(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ApiFailure.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{]", "}", "nope", "{'a':1}", "[1 2]", ","})
  void tellsWhatIsMalformed(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ApiFailure.class)
        .hasMessageStartingWith("bad request body: ");
  }

  @Test
  void escapesWhatCouldEndAScript() {
    assertThat(GoJson.text(Map.of("k", "</script>&\u2028\u2029é")))
        .isEqualTo("{\"k\":\"\\u003c/script\\u003e\\u0026\\u2028\\u2029é\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1, 1",
    "0.3, 0.3",
    "16777216, 16777216",
    "-2.5, -2.5",
    "0.123456789, 0.12345679",
    "1e-7, 0.0000001",
    "1e300, 340282350000000000000000000000000000000",
    "0, 0"
  })
  void printsTheFewestDigitsThatReadBackTheSame(double value, String digits) {
    assertThat(Float32.shortest(value).toPlainString()).isEqualTo(digits);
  }

  @Test
  void namesRequestsInTheOrderOfTime() {
    RequestIds ids =
        new RequestIds(() -> Instant.ofEpochSecond(0x66000000L), new SplittableRandom(3));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      made.add(ids.next());
    }
    assertThat(made).doesNotHaveDuplicates().allMatch(id -> id.matches("co[0-9a-v]{18}"));
    assertThat(made.get(0).substring(0, 14)).isEqualTo(made.get(999).substring(0, 14));
  }
}
