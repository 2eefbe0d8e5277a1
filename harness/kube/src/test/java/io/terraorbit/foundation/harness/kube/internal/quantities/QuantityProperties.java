package io.terraorbit.foundation.harness.kube.internal.quantities;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of all amounts. */
class QuantityProperties {
  @Property(tries = 500)
  void whatIsWrittenReadsAsTheSameAmountAndTheSameText(@ForAll("texts") String text) {
    Quantity quantity = Quantity.find(text).orElseThrow();
    Quantity again = Quantity.find(quantity.toString()).orElseThrow();

    assertThat(again).isEqualTo(quantity);
    assertThat(again).hasToString(quantity.toString());
  }

  @Property(tries = 500)
  void additionIsExactAndUndoneBySubtraction(
      @ForAll("texts") String left, @ForAll("texts") String right) {
    Quantity a = Quantity.find(left).orElseThrow();
    Quantity b = Quantity.find(right).orElseThrow();

    assertThat(a.plus(b).value()).isEqualByComparingTo(a.value().add(b.value()));
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.plus(b).minus(b)).isEqualTo(a);
    assertThat(a.max(b)).isGreaterThanOrEqualTo(a).isGreaterThanOrEqualTo(b);
  }

  @Property(tries = 500)
  void aPlainDecimalIsReadToTheBillionthAndRoundedAwayFromZero(
      @ForAll("decimals") BigDecimal number) {
    Quantity quantity = Quantity.find(number.toPlainString()).orElseThrow();

    assertThat(quantity.value()).isEqualByComparingTo(number.setScale(9, RoundingMode.UP));
    assertThat(quantity.ceiling().value())
        .isEqualByComparingTo(number.setScale(0, RoundingMode.UP));
  }

  @Property(tries = 500)
  void noTextWhateverBreaksTheReader(@ForAll String text) {
    Quantity.find(text).ifPresent(quantity -> assertThat(quantity.toString()).isNotEmpty());
  }

  @Provide
  static Arbitrary<BigDecimal> decimals() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
        .ofScale(12);
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-99_999, 99_999).map(String::valueOf),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000"), new BigDecimal("1000"))
                .ofScale(5)
                .map(BigDecimal::toPlainString));
    Arbitrary<String> suffixes =
        Arbitraries.of(
            "", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "E-2", "e5");
    return Combinators.combine(numbers, suffixes).as(String::concat);
  }
}
