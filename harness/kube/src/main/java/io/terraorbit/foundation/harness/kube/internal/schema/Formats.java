package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/**
 * The formats that {@code apiextensions-apiserver} checks, as its parsers take them. A format that
 * is not among them, or not one of the type, is ignored.
 */
public final class Formats {
  private static final Set<String> OF_TEXTS =
      Set.of(
          "bsonobjectid",
          "uri",
          "email",
          "hostname",
          "ipv4",
          "ipv6",
          "cidr",
          "mac",
          "uuid",
          "uuid3",
          "uuid4",
          "uuid5",
          "isbn",
          "isbn10",
          "isbn13",
          "creditcard",
          "ssn",
          "hexcolor",
          "rgbcolor",
          "byte",
          "password",
          "date",
          "duration",
          "datetime",
          "k8sshortname",
          "k8slongname");

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String HEX4 = "[0-9a-f]{4}";
  private static final String CHANNEL = "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*";
  private static final Pattern UUID = uuid(HEX4, HEX4);
  private static final Pattern UUID3 = uuid("3[0-9a-f]{3}", HEX4);
  private static final Pattern UUID4 = uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}");
  private static final Pattern UUID5 = uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}");
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
  private static final Pattern SSN = Pattern.compile("\\d{3}[- ]\\d{2}[- ]\\d{4}");
  private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
  private static final Pattern RGB_COLOR =
      Pattern.compile("rgb\\(" + CHANNEL + "," + CHANNEL + "," + CHANNEL + "\\)");
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(.\\d+)?(z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern HOSTNAME =
      Pattern.compile(
          "([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)"
              + "|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)"
              + "(\\.)){1,}([a-zA-Z\\p{L}]){2,63})");
  private static final Pattern SHORT_NAME = Pattern.compile(LABEL);
  private static final Pattern LONG_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private Formats() {}

  /** The format, if values of the type are checked for it; else empty. */
  public static String known(String type, String format) {
    boolean checked =
        switch (type) {
          case "", "string" -> OF_TEXTS.contains(plain(format));
          case "integer" -> format.equals("int32") || format.equals("int64");
          case "number" -> format.equals("float") || format.equals("double");
          default -> false;
        };
    return checked ? format : "";
  }

  static boolean fits(String format, String text) {
    return switch (plain(format)) {
      case "uri", "email", "ipv4", "ipv6", "cidr", "mac" -> Addresses.fits(format, text);
      case "hostname" -> hostname(text);
      case "isbn", "isbn10", "isbn13", "creditcard" -> CheckDigits.fits(format, text);
      case "duration" -> Durations.readable(text);
      case "date" -> date(text);
      case "datetime" -> dateTime(text);
      default -> matches(plain(format), text);
    };
  }

  private static boolean matches(String format, String text) {
    return switch (format) {
      case "bsonobjectid" -> OBJECT_ID.matches(text);
      case "uuid" -> UUID.matches(text);
      case "uuid3" -> UUID3.matches(text);
      case "uuid4" -> UUID4.matches(text);
      case "uuid5" -> UUID5.matches(text);
      case "ssn" -> SSN.matches(text);
      case "hexcolor" -> HEX_COLOR.matches(text);
      case "rgbcolor" -> RGB_COLOR.matches(text);
      case "byte" -> BASE64.matches(text);
      case "k8sshortname" -> text.length() <= 63 && SHORT_NAME.matches(text);
      case "k8slongname" -> text.length() <= 253 && LONG_NAME.matches(text);
      default -> true;
    };
  }

  private static String plain(String format) {
    return format.replace("-", "");
  }

  private static Pattern uuid(String third, String fourth) {
    return Pattern.compile(
        "(?i)[0-9a-f]{8}-?%s-?%s-?%s-?[0-9a-f]{12}".formatted(HEX4, third, fourth));
  }

  private static boolean hostname(String text) {
    if (text.length() > 255 || !HOSTNAME.matches(text)) {
      return false;
    }
    for (String label : text.split("\\.")) {
      if (label.length() > 63) {
        return false;
      }
    }
    return true;
  }

  private static boolean date(String text) {
    try {
      return DATE.matches(text) && LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean dateTime(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
    return parts.length > 1 && date(parts[0]) && TIME.matches(parts[1]);
  }
}
