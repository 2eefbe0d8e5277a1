package io.terraorbit.foundation.harness.kube.internal.status;

import java.math.BigDecimal;

/** Floats as Go's {@code %v} prints them, in which errors show them. */
public final class GoNumbers {
  private static final int FIRST_EXPONENT = 6;

  private GoNumbers() {}

  public static String text(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < FIRST_EXPONENT) {
      return digits.toPlainString();
    }
    String mantissa = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
