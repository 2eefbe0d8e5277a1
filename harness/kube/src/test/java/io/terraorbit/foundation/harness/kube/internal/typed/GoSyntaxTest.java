package io.terraorbit.foundation.harness.kube.internal.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of a kube-apiserver 1.36. */
class GoSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":|unexpected end of JSON input",
        "``|unexpected end of JSON input",
        "[1,|unexpected end of JSON input",
        "\"abc|unexpected end of JSON input",
        "x|invalid character 'x' looking for beginning of value",
        "{\"a\":1,}|invalid character '}' looking for beginning of object key string",
        "{'a':1}|invalid character '\\'' looking for beginning of object key string",
        "{\"a\" 1}|invalid character '1' after object key",
        "{\"a\":1 \"b\"}|invalid character '\"' after object key:value pair",
        "{\"a\":01}|invalid character '1' after object key:value pair",
        "[1 2]|invalid character '2' after array element",
        "{\"a\":[{}]}}|invalid character '}' after top-level value",
        "{\"a\":tru}|invalid character '}' in literal true (expecting 'e')",
        "nul|invalid character ' ' in literal null (expecting 'l')",
        "[falsy|invalid character 'y' in literal false (expecting 'e')",
        "{\"a\":\"\\q\"}|invalid character 'q' in string escape code",
        "{\"a\":\"\\u12g4\"}|invalid character 'g' in \\u hexadecimal character escape",
        "\"\\|invalid character ' ' in string escape code",
        "{\"a\":-}|invalid character '}' in numeric literal",
        "-|invalid character ' ' in numeric literal",
        "{\"a\":1.x}|invalid character 'x' after decimal point in numeric literal",
        "{\"a\":1e+x}|invalid character 'x' in exponent of numeric literal",
        "{\"a\":é}|invalid character 'Ã' looking for beginning of value",
        "{\"a\":[], \"b\":{} , \"c\" : [ true, \"\\u00e9\\n\", -1.5E-3] ;|invalid character ';' after object key:value pair",
      })
  void namesTheFirstMistakeAsGoDoes(String text, String mistake) {
    assertThat(GoSyntax.mistake(text.getBytes(StandardCharsets.UTF_8), "none")).isEqualTo(mistake);
  }

  @Test
  void quotesWhatCannotBePrinted() {
    assertThat(mistake("\"\n\"")).isEqualTo("invalid character '\\n' in string literal");
    assertThat(mistake("\"\u0001\"")).isEqualTo("invalid character '\\x01' in string literal");
    assertThat(mistake("\t\r\n\u007f")).startsWith("invalid character '\\x7f' looking");
    assertThat(mistake("\"\t")).startsWith("invalid character '\\t' in");
    assertThat(mistake("\"\r")).startsWith("invalid character '\\r' in");
    assertThat(mistake("\f")).startsWith("invalid character '\\f' looking");
    assertThat(mistake("\b")).startsWith("invalid character '\\b' looking");
    assertThat(mistake("\u0007")).startsWith("invalid character '\\a' looking");
    assertThat(mistake("\u000b")).startsWith("invalid character '\\v' looking");
    assertThat(mistake("\\")).startsWith("invalid character '\\\\' looking");
  }

  @Test
  void boundsTheDepthAndNotByAStack() {
    assertThat(mistake("[".repeat(3 << 20))).isEqualTo("invalid character '[' exceeded max depth");
    assertThat(mistake("{\"a\":".repeat(10_000))).isEqualTo("unexpected end of JSON input");
  }

  @Property
  void findsAMistakeWhereverThereIsOne(
      @ForAll
          @Chars({'{', '}', '[', ']', ',', ':', '"', '\\', ' ', '-', '.', 'e', 't', 'r', 'u', 'n'})
          @CharRange(from = '0', to = '2')
          @StringLength(max = 12)
          String text) {
    assertThat(mistake(text).equals("none")).as(text).isEqualTo(isJson(text));
  }

  private static boolean isJson(String text) {
    try {
      Json.readRepeating(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  private static String mistake(String text) {
    return GoSyntax.mistake(text.getBytes(StandardCharsets.UTF_8), "none");
  }
}
