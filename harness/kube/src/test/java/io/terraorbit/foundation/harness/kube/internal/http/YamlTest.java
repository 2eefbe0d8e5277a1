package io.terraorbit.foundation.harness.kube.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scalars mean, and the texts, are those of a kube-apiserver 1.36. */
class YamlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes|true",
        "y|true",
        "on|true",
        "TRUE|true",
        "OFF|false",
        "No|false",
        "n|false",
        "yEs|\"yEs\"",
        "~|null",
        "Null|null",
        "0777|511",
        "0o17|15",
        "0b11|3",
        "0x1F|31",
        "-0x1F|-31",
        "1_000|1000",
        "1__0|10",
        "_1|\"_1\"",
        "+1|1",
        "1.|1",
        ".5|0.5",
        "1e3|1000",
        "08|8",
        "09.5|9.5",
        "1:30|\"1:30\"",
        "2001-01-01|\"2001-01-01\"",
        "1.5e+3|1500",
        "0|0",
        "0x|\"0x\"",
        "12345678901234567890|12345678901234567890",
        "123456789012345678901|123456789012345680000",
        "!!str 1|\"1\"",
        "\"1\"|\"1\"",
        "!!binary aGk=|\"hi\"",
        "<<|\"<<\"",
        "[y, 2]|[true,2]",
      })
  void scalarsMeanWhatTheyDidInVersionOneDotOne(String yaml, String json) {
    Object value = read("a: " + yaml);

    assertThat(Json.text(value)).isEqualTo("{\"a\":" + json + "}");
  }

  @Test
  void keysAreTextsOfWhatTheyMean() {
    assertThat(Values.object(read("{y: a, 0x10: b, 1.50: c, 1e3: d, !!str n: e, .inf: f, g: h}")))
        .containsOnlyKeys("true", "16", "1.5", "1000", "n", ".inf", "g");
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> read("~: a"))
        .withMessageStartingWith("unsupported map key of type: %!s(<nil>)");
  }

  @Test
  void onlyTheFirstDocumentIsRead() {
    assertThat(read("a: 1\n---\nb: 2")).isEqualTo(Map.of("a", 1L));
    assertThat(read("# nothing")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k: 1\\na: b: c|yaml: line 2: mapping values are not allowed in this context",
        "k: 1\\na: - 1|yaml: line 2: block sequence entries are not allowed in this context",
        "k: 1\\n\\ta: b|yaml: line 2: found character that cannot start any token",
        "@x|yaml: found character that cannot start any token",
        "a: *x|yaml: unknown anchor 'x' referenced",
        "a: .inf|json: unsupported value: +Inf",
        "a: -.Inf|json: unsupported value: -Inf",
        "a: .nan|json: unsupported value: NaN",
        "a: !!int x|yaml: cannot decode !!str `x` as a !!int",
        "a: !!float x|yaml: cannot decode !!str `x` as a !!float",
        "a: !!binary '*'|yaml: !!binary value contains invalid base64 data",
      })
  void mistakesAreNamedWithTheirLine(String yaml, String message) {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> read(yaml.replace("\\n", "\n").replace("\\t", "\t")))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &x {b: *x}", "{a: 1", "a: \"x", "? [a]\n: b"})
  void whatIsNoJsonIsRefused(String yaml) {
    assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> read(yaml));
  }

  private static Object read(String yaml) {
    return Yaml.read(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
