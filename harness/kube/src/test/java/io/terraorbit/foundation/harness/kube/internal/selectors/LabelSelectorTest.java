package io.terraorbit.foundation.harness.kube.internal.selectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | true",
        "a=1 | true",
        "a==2 | false",
        "a!=2 | true",
        "b!=2 | true",
        "a | true",
        "b | false",
        "!b | true",
        "!a | false",
        "a in (1,2) | true",
        "a in (2) | false",
        "b in () | false",
        "e in () | true",
        "e in (,x) | true",
        "e= | true",
        "e=,a=1 | true",
        "a notin (2,3) | true",
        "a notin (1) | false",
        "b notin (1) | true",
        "a > 0 | true",
        "a > 1 | false",
        "a < 2 | true",
        "b < 2 | false",
        "e > 2 | false",
        "k.io/x=y , a=1 | true",
        "in=x | false",
      })
  void selects(String selector, boolean selected) {
    Map<String, Object> labels = Map.of("a", "1", "e", "", "k.io/x", "y");

    assertThat(LabelSelector.parse(selector).matches(labels)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!( | found '(', expected: identifier",
        "a=( | found '(', expected: identifier",
        "a in (b | found '', expected: ',' or ')'",
        "a in (b c) | found 'c', expected: ',' or ')'",
        "a in (b,=) | found '=', expected: ',', or identifier",
        "a in (= | found '=', expected: ',', ')' or identifier",
        "a > | values[0]: Invalid value: \"\": for 'Gt', 'Lt' operators, the value must be an integer",
        "a ! b | found '!', expected: in, notin, =, ==, !=, gt, lt",
        "a > x | values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
      })
  void saysWhereItCannotGoOn(String selector, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LabelSelector.parse(selector))
        .withMessage("unable to parse requirement: " + message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1=2 | found '=', expected: ',' or 'end of string'",
        "!a=2 | found '=', expected: ',' or 'end of string'",
        ",a | found ',', expected: !, identifier, or 'end of string'",
        "() | found '(', expected: !, identifier, or 'end of string'",
        "a, | found '', expected: identifier after ','",
        "a,,b | found ',', expected: identifier after ','",
      })
  void saysWhatItMissesBetweenRequirements(String selector, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LabelSelector.parse(selector))
        .withMessage(message);
  }

  @Test
  void namesEveryValueThatIsNoLabelInTheirOrder() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LabelSelector.parse("n in (b,-2,-1)"))
        .withMessageMatching(
            "unable to parse requirement: \\[values\\[0]\\[n]: Invalid value: \"-1\": .*, "
                + "values\\[1]\\[n]: Invalid value: \"-2\": .*]");
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LabelSelector.parse("n>-1"))
        .withMessageStartingWith(
            "unable to parse requirement: values[0][n]: Invalid value: \"-1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-a | <nil>: Invalid value: \"-a\": name part must consist of",
        "A_B/- | <nil>: Invalid value: \"A_B/-\": prefix part a lowercase RFC 1123 subdomain",
        "a=-b- | values[0][a]: Invalid value: \"-b-\": a valid label must be an empty string"
      })
  void checksKeysAndValues(String selector, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LabelSelector.parse(selector))
        .withMessageStartingWith("unable to parse requirement: " + message);
  }
}
