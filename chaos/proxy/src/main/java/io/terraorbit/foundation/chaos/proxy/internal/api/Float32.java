package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of 32 bits as Go prints them: the fewest digits that read back as the same number. */
final class Float32 {
  private static final int MAX_DIGITS = 9;

  private Float32() {}

  static BigDecimal shortest(double value) {
    float number = (float) Math.max(-Float.MAX_VALUE, Math.min(value, Float.MAX_VALUE));
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.floatValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS));
  }
}
