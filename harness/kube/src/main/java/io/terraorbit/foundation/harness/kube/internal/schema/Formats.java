package io.terraorbit.foundation.harness.kube.internal.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The formats of strings that are checked, those of {@code k8s.io/kube-openapi/pkg/validation/
 * strfmt}; all others are accepted, as any unknown format is. Dashes in a name mean nothing.
 */
final class Formats {
  private static final String HEX4 = "[0-9a-f]{4}";
  private static final String TIME =
      "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?([zZ]|[+-]\\d\\d:\\d\\d)";
  private static final String UNIT =
      "(ns|us|µs|ms|s|m|h|d|w|nano(second)?s?|micro(second)?s?|milli(second)?s?|sec(ond)?s?"
          + "|min(ute)?s?|hr?s?|hours?|days?|wk?s?|weeks?)";
  private static final String COLOR_PART = "\\s*(25[0-5]|2[0-4]\\d|1?\\d?\\d)\\s*";
  private static final int MAX_HOST_NAME = 255;
  private static final int TEN = 10;

  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry("datetime", Formats::isDateTime),
          Map.entry("date", Formats::isDate),
          Map.entry("byte", Formats::isBase64),
          Map.entry("uri", Formats::isUri),
          Map.entry("email", matches("[^\\s@<>]+@[^\\s@<>]+")),
          Map.entry("hostname", Formats::isHostName),
          Map.entry("ipv4", Addresses::isIpv4),
          Map.entry("ipv6", Addresses::isIpv6),
          Map.entry("cidr", Addresses::isCidr),
          Map.entry("mac", Addresses::isMac),
          Map.entry("uuid", uuid("[0-9a-f]", "[0-9a-f]")),
          Map.entry("uuid3", uuid("3", "[0-9a-f]")),
          Map.entry("uuid4", uuid("4", "[89ab]")),
          Map.entry("uuid5", uuid("5", "[89ab]")),
          Map.entry(
              "duration", matches("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)\\s*" + UNIT + "\\s*)+)")),
          Map.entry("bsonobjectid", matches("(?i)[0-9a-f]{24}")),
          Map.entry("isbn", text -> isIsbn10(text) || isIsbn13(text)),
          Map.entry("isbn10", Formats::isIsbn10),
          Map.entry("isbn13", Formats::isIsbn13),
          Map.entry("creditcard", Formats::isCard),
          Map.entry("ssn", matches("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
          Map.entry("hexcolor", matches("(?i)#?([0-9a-f]{3}|[0-9a-f]{6})")),
          Map.entry(
              "rgbcolor",
              matches("rgb\\(" + COLOR_PART + "," + COLOR_PART + "," + COLOR_PART + "\\)")),
          Map.entry("k8sshortname", matches("(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?")),
          Map.entry(
              "k8slongname",
              matches(
                  "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")));

  private Formats() {}

  static boolean fits(String format, String text) {
    Predicate<String> check = CHECKS.get(format.replace("-", ""));
    return check == null || check.test(text);
  }

  private static Predicate<String> matches(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text -> pattern.matcher(text).matches();
  }

  private static Predicate<String> uuid(String version, String variant) {
    return matches(
        "(?i)[0-9a-f]{8}-?%s-?%s[0-9a-f]{3}-?%s[0-9a-f]{3}-?[0-9a-f]{12}"
            .formatted(HEX4, version, variant));
  }

  private static boolean isDateTime(String text) {
    String[] parts = text.split("[tT]", -1);
    return parts.length == 2 && isDate(parts[0]) && parts[1].matches(TIME);
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return text.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isHostName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_HOST_NAME
        && text.matches(
            "[\\p{L}\\p{S}\\d](-?[\\p{L}\\p{S}\\d]){0,62}(\\.[\\p{L}\\p{S}\\d](-?[\\p{L}\\p{S}\\d]){0,62})*\\.?");
  }

  private static boolean isIsbn10(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (!digits.matches("\\d{9}[\\dX]")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < TEN; i++) {
      sum += (i + 1) * (digits.charAt(i) == 'X' ? TEN : digits.charAt(i) - '0');
    }
    return sum % (TEN + 1) == 0;
  }

  private static boolean isIsbn13(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (!digits.matches("\\d{13}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
    }
    return sum % TEN == 0;
  }

  private static boolean isCard(String text) {
    String digits = text.replaceAll("[^0-9]+", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return digits.length() >= 13 && digits.length() <= 19 && sum % TEN == 0;
  }
}
