package io.terraorbit.foundation.harness.kube.internal.quantities;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount, as {@code k8s.io/apimachinery} {@code resource.Quantity} reads and writes it: exact to
 * a billionth, with one canonical text. Immutable.
 *
 * <p>A text that is as short as the canonical one is kept as it was spelled, as the real server
 * does: {@code +1} and {@code 1E3} stay what they are until somebody calculates with them.
 *
 * @param format the family of suffixes in which the amount was written
 * @param spelled the text it was read from, where that is what it is written as; else empty
 */
public record Quantity(BigDecimal value, Format format, String spelled)
    implements Comparable<Quantity> {
  /** What a text must look like, in the words of the real server. */
  public static final String SYNTAX =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  public static final Quantity ZERO = of(0);
  public static final Quantity ONE = of(1);

  private static final int MAX_LENGTH = 128;
  private static final int MAX_EXPONENT = 60;
  private static final int NANO = 9;
  private static final int KEPT_DIGITS = 18;
  private static final int KEPT_BINARY_DIGITS = 14;
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final Pattern TEXT =
      Pattern.compile(
          "([+-]?)0*(\\d*)(?:\\.(\\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\\d+)?");
  private static final String BINARY = "KMGTPE";
  private static final String DECIMAL = "num kMGTPE";

  /** The families of suffixes. */
  public enum Format {
    DECIMAL,
    BINARY,
    EXPONENT
  }

  /** A whole number. */
  public static Quantity of(long number) {
    return new Quantity(BigDecimal.valueOf(number), Format.DECIMAL, "");
  }

  /** The amount that a JSON value stands for; empty when it stands for none. */
  public static Optional<Quantity> find(@Nullable Object json) {
    return json instanceof String || json instanceof Number
        ? parse(String.valueOf(json).strip())
        : Optional.empty();
  }

  private static Optional<Quantity> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.isEmpty() || text.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    String whole = matcher.group(2).isEmpty() ? "0" : matcher.group(2);
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    String suffix = matcher.group(4) == null ? "" : matcher.group(4);
    BigDecimal digits = new BigDecimal(new BigInteger(whole + fraction), fraction.length());
    BigDecimal number = matcher.group(1).equals("-") ? digits.negate() : digits;
    if (suffix.endsWith("i")) {
      int power = BINARY.indexOf(suffix.charAt(0)) + 1;
      boolean keep = fraction.isEmpty() && keepsBinary(whole, power);
      return Optional.of(binary(number.multiply(KIBI.pow(power)), keep ? text : ""));
    }
    boolean exponential = suffix.length() > 1;
    int exponent = exponential ? exponent(suffix.substring(1)) : exponent(suffix);
    boolean keep = keepsDecimal(whole, fraction, exponent);
    return Optional.of(
        new Quantity(
            rounded(number.scaleByPowerOfTen(exponent)),
            exponential ? Format.EXPONENT : Format.DECIMAL,
            keep ? text : ""));
  }

  /** The power of ten of a suffix or of the number after {@code e}, as far as it matters. */
  private static int exponent(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int suffix = DECIMAL.indexOf(text.charAt(0));
    return suffix >= 0
        ? 3 * (suffix - 3)
        : new BigInteger(text)
            .min(BigInteger.valueOf(MAX_EXPONENT))
            .max(BigInteger.valueOf(-MAX_EXPONENT))
            .intValue();
  }

  private static boolean keepsDecimal(String whole, String fraction, int exponent) {
    String digits = whole + fraction;
    int scale = exponent - fraction.length();
    return digits.length() <= KEPT_DIGITS
        && scale >= -NANO
        && scale % 3 == 0
        && !digits.endsWith("000")
        && digits.charAt(0) != '0';
  }

  private static boolean keepsBinary(String whole, int power) {
    return whole.length() + 3 * power <= KEPT_BINARY_DIGITS && (Long.parseLong(whole) & 7) != 0;
  }

  private static Quantity binary(BigDecimal value, String spelled) {
    BigDecimal capped = rounded(value.min(MAX).max(MAX.negate()));
    boolean less = value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0;
    return new Quantity(capped, less ? Format.DECIMAL : Format.BINARY, spelled);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.scale() > NANO ? value.setScale(NANO, RoundingMode.UP) : value;
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value), signum() == 0 ? other.format : format, "");
  }

  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value), signum() == 0 ? other.format : format, "");
  }

  public Quantity max(Quantity other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** The next whole number that is not nearer to zero; itself when it is one. */
  public Quantity ceiling() {
    return whole() ? this : new Quantity(value.setScale(0, RoundingMode.UP), format, "");
  }

  public int signum() {
    return value.signum();
  }

  /** Whether it is a whole number. */
  public boolean whole() {
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** By amount alone. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity quantity && compareTo(quantity) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  /** The text in which the API writes it. */
  @Override
  public String toString() {
    if (!spelled.isEmpty()) {
      return spelled;
    }
    if (signum() == 0) {
      return "0";
    }
    boolean large = value.abs().compareTo(KIBI) >= 0;
    return format == Format.BINARY && large && whole() ? binary() : decimal();
  }

  private String binary() {
    BigInteger mantissa = value.toBigIntegerExact();
    int power = 0;
    BigInteger kibi = KIBI.toBigInteger();
    while (power < BINARY.length() && mantissa.mod(kibi).signum() == 0) {
      mantissa = mantissa.divide(kibi);
      power++;
    }
    return mantissa + (power == 0 ? "" : BINARY.charAt(power - 1) + "i");
  }

  private String decimal() {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
    if (format != Format.EXPONENT) {
      exponent = Math.min(exponent, 3 * (DECIMAL.length() - 4));
    }
    String mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact().toString();
    if (exponent == 0) {
      return mantissa;
    }
    return format == Format.EXPONENT
        ? mantissa + "e" + exponent
        : mantissa + DECIMAL.charAt(exponent / 3 + 3);
  }
}
