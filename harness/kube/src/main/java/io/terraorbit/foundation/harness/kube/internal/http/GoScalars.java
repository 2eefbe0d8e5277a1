package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * What a plain scalar means to the real server, whose YAML is mostly that of version 1.1: {@code
 * yes} and {@code on} are booleans, and whole numbers may have a prefix, a leading zero or
 * underscores; but a date is a string, and so is {@code 1:30}.
 */
final class GoScalars implements Schema, ScalarResolver {
  private static final Tag BINARY = new Tag("tag:yaml.org,2002:binary");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern ENDLESS =
      Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  /** From here on Go writes a float with an exponent. */
  private static final double MIN_EXPONENTIAL = 1e21;

  @Override
  public ScalarResolver getScalarResolver() {
    return this;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of();
  }

  @Override
  public Tag resolve(String text, Boolean implicit) {
    if (!implicit) {
      return Tag.STR;
    }
    if (NULLS.contains(text)) {
      return Tag.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Tag.BOOL;
    }
    if (whole(text).isPresent()) {
      return Tag.INT;
    }
    return isFraction(text) ? Tag.FLOAT : Tag.STR;
  }

  private static boolean isFraction(String text) {
    return ENDLESS.matcher(text).matches()
        || (!text.startsWith("_") && FLOAT.matcher(text.replace("_", "")).matches());
  }

  /**
   * A scalar as a JSON value.
   *
   * @throws JsonSyntaxException if JSON has no such value
   */
  static @Nullable Object value(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return TRUE.contains(text);
    }
    if (tag.equals(Tag.INT)) {
      return whole(text).map(GoScalars::narrow).orElseThrow(() -> undecodable(text, "int"));
    }
    if (tag.equals(Tag.FLOAT)) {
      return fraction(text);
    }
    return tag.equals(BINARY) ? binary(text) : text;
  }

  /** A scalar as the name of a member. */
  static String key(ScalarNode node) {
    Object value = ENDLESS.matcher(node.getValue()).matches() ? node.getValue() : value(node);
    if (value == null) {
      throw new JsonSyntaxException("unsupported map key of type: %!s(<nil>), key: <nil>");
    }
    return value.toString();
  }

  private static Object fraction(String text) {
    if (ENDLESS.matcher(text).matches()) {
      String sign = text.startsWith("-") ? "-" : "+";
      throw new JsonSyntaxException(
          "json: unsupported value: "
              + (text.endsWith("n") || text.endsWith("N") ? "NaN" : sign + "Inf"));
    }
    double number;
    try {
      number = Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw undecodable(text, "float");
    }
    boolean plain = number == Math.rint(number) && Math.abs(number) < MIN_EXPONENTIAL;
    return plain ? narrow(new BigDecimal(Double.toString(number)).toBigInteger()) : (Object) number;
  }

  /** A whole number with an optional sign, in the base that its prefix says. */
  private static Optional<BigInteger> whole(String text) {
    if (text.startsWith("_")) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    int base = base(digits);
    digits =
        digits.substring(
            base == 10 ? 0 : digits.length() > 1 && Character.isLetter(digits.charAt(1)) ? 2 : 1);
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) > 'z' || Character.digit(digits.charAt(i), base) < 0) {
        return Optional.empty();
      }
    }
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(digits, base);
    return number.bitLength() > Long.SIZE
        ? Optional.empty() // a float to Go
        : Optional.of(negative ? number.negate() : number);
  }

  private static int base(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static Object narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static String binary(String text) {
    try {
      return new String(
          Base64.getDecoder().decode(text.replaceAll("\\s", "")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new JsonSyntaxException("yaml: !!binary value contains invalid base64 data", e);
    }
  }

  private static JsonSyntaxException undecodable(String text, String type) {
    return new JsonSyntaxException(
        "yaml: cannot decode !!str `%s` as a !!%s".formatted(text, type));
  }
}
