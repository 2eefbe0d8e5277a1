package io.terraorbit.foundation.harness.kube.internal.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/** The formats of strings that are checked; all others are accepted, as any unknown format is. */
final class Formats {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h|d|w))+)");

  private Formats() {}

  static boolean fits(String format, String text) {
    try {
      switch (format) {
        case "date-time" -> OffsetDateTime.parse(text.replace(' ', 'T'));
        case "date" -> LocalDate.parse(text);
        case "byte" -> Base64.getDecoder().decode(text);
        case "uuid" -> {
          return UUID.matcher(text).matches();
        }
        case "duration" -> {
          return DURATION.matcher(text).matches();
        }
        default -> {}
      }
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }
}
