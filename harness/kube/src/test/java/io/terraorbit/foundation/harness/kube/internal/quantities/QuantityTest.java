package io.terraorbit.foundation.harness.kube.internal.quantities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void readsAndWritesEveryTextAsKubernetesDoes() {
    List<String[]> rows = rows("parse");
    assertThat(rows).hasSizeGreaterThan(350);
    for (String[] row : rows) {
      assertThat(Quantity.find(row[1]).map(Quantity::toString).orElse("!"))
          .as("'%s'", row[1])
          .isEqualTo(row[2]);
    }
  }

  @Test
  void addsSubtractsAndComparesAsKubernetesDoes() {
    List<String[]> rows = rows("sum");
    assertThat(rows).hasSizeGreaterThan(400);
    for (String[] row : rows) {
      Quantity left = quantity(row[1]);
      Quantity right = quantity(row[2]);
      assertThat(left.plus(right)).as("%s + %s", row[1], row[2]).hasToString(row[3]);
      assertThat(left.minus(right)).as("%s - %s", row[1], row[2]).hasToString(row[4]);
      assertThat(left.compareTo(right)).as("%s ? %s", row[1], row[2]).isEqualTo(number(row[5]));
    }
  }

  @Test
  void isNothingThatIsNeitherTextNorNumber() {
    assertThat(Quantity.find(null)).isEmpty();
    assertThat(Quantity.find(true)).isEmpty();
    assertThat(Quantity.find("")).isEmpty();
    assertThat(Quantity.find("1".repeat(129))).isEmpty();
    assertThat(Quantity.find(2L).map(Quantity::toString)).contains("2");
    assertThat(Quantity.find(0.5).map(Quantity::toString)).contains("500m");
  }

  @Test
  void isEqualByAmountWhateverItsSuffix() {
    assertThat(quantity("1Gi")).isEqualTo(quantity("1073741824"));
    assertThat(quantity("1Gi").hashCode()).isEqualTo(quantity("1024Mi").hashCode());
    assertThat(quantity("1Gi")).isNotEqualTo(quantity("1G")).isNotEqualTo("1Gi");
  }

  @Test
  void roundsUpToWholeNumbers() {
    assertThat(quantity("1500m").ceiling()).hasToString("2");
    assertThat(quantity("-1500m").ceiling()).hasToString("-2");
    assertThat(quantity("1Gi").ceiling()).hasToString("1Gi");
    assertThat(quantity("1500m").whole()).isFalse();
    assertThat(quantity("0").whole()).isTrue();
    assertThat(quantity("2000m").whole()).isTrue();
  }

  @Test
  void amountsAreAddedAndTakenAwayByName() {
    Amounts left = Amounts.of(Map.of("cpu", "1", "memory", "1Gi", "bad", "x"));
    Amounts right = Amounts.of(Map.of("cpu", "500m", "pods", 2L));

    assertThat(left.plus(right)).hasToString("cpu=1500m,memory=1Gi,pods=2");
    assertThat(left.minus(right)).hasToString("cpu=500m,memory=1Gi,pods=-2");
    assertThat(left.exceeding(right)).hasToString("cpu=500m,memory=1Gi,pods=0");
    assertThat(left.exceeding(right).withoutZeros()).hasToString("cpu=500m,memory=1Gi");
    assertThat(left.max(right)).hasToString("cpu=1,memory=1Gi,pods=2");
    assertThat(left.only(right)).hasToString("cpu=1");
    assertThat(left.only(List.of("memory", "other")).json()).isEqualTo(Map.of("memory", "1Gi"));
    assertThat(left.with("cpu", Quantity.ONE.plus(Quantity.ONE)).find("cpu"))
        .contains(Quantity.of(2));
    assertThat(Amounts.of(null).isEmpty()).isTrue();
    assertThat(Amounts.NONE.plus(left)).isEqualTo(left);
  }

  private static Quantity quantity(String text) {
    return Quantity.find(text).orElseThrow();
  }

  private static int number(String text) {
    return new BigDecimal(text).intValueExact();
  }

  private static List<String[]> rows(String kind) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(QuantityTest.class.getResourceAsStream("quantities.tsv")),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.startsWith(kind + "\t"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
