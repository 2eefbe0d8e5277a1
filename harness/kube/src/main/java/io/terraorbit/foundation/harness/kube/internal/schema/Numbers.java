package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.GoNumbers;
import io.terraorbit.foundation.json.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers as Go has and prints them: 64-bit integers, and floats for all that is not one. */
final class Numbers {
  private static final double GREATEST_WHOLE = (1L << 53) - 1;
  private static final double NEAR = 1e-9;

  private Numbers() {}

  /** The value as it is after a round through Go's JSON: a float without a fraction is none. */
  static @Nullable Object stored(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return Rebuilt.members(Values.object(members), (name, member) -> stored(member));
    }
    if (value instanceof List<?> elements) {
      return Rebuilt.elements(elements, (i, element) -> stored(element));
    }
    if (value instanceof BigInteger big) {
      return big.doubleValue();
    }
    return value instanceof Double real && fitsLong(real) ? (Object) (long) (double) real : value;
  }

  /** A Long or a Double. */
  static Number normal(Number number) {
    if (number instanceof Long || number instanceof Double) {
      return number;
    }
    return number instanceof BigInteger || number instanceof BigDecimal
        ? (Number) number.doubleValue()
        : (Number) number.longValue();
  }

  /** Whether a float counts as an integer. */
  static boolean whole(double value) {
    if (Double.isNaN(value) || Math.abs(value) > GREATEST_WHOLE) {
      return false;
    }
    double cut = (long) value;
    return value == cut || Math.abs(value - cut) / (Math.abs(value) + Math.abs(cut)) < NEAR;
  }

  /** Whether a limit can be a 64-bit integer. */
  static boolean fitsLong(double value) {
    return value == Math.rint(value) && Math.abs(value) < 0x1p63;
  }

  /** A float as Go prints it. */
  static String text(double value) {
    return GoNumbers.text(value);
  }
}
