package io.terraorbit.foundation.harness.kube.internal.typed;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times as Go reads and writes them: RFC 3339, with or without six digits of a second. */
final class GoTimes {
  private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";
  private static final DateTimeFormatter SECONDS_OUT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);
  private static final DateTimeFormatter MICROS_OUT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  private static final List<String> DATE_PARTS =
      List.of("2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05");

  private GoTimes() {}

  /** A time, in UTC and cut to whole seconds. */
  static String seconds(String text) {
    return new Reading(text, SECONDS).read(false).format(SECONDS_OUT);
  }

  /** A time with exactly six digits of a second, in UTC. */
  static String micros(String text) {
    return new Reading(text, MICROS).read(true).format(MICROS_OUT);
  }

  private static final class Reading {
    private final String text;
    private final String layout;
    private int at;

    Reading(String text, String layout) {
      this.text = text;
      this.layout = layout;
    }

    LocalDateTime read(boolean micros) {
      int[] numbers = new int[6];
      int next = 0;
      for (String part : DATE_PARTS) {
        if (Character.isDigit(part.charAt(0))) {
          numbers[next++] = number(part);
          checkRange(next, numbers[next - 1]);
        } else {
          literal(part);
        }
      }
      int nanos = micros ? sixDigits() : fraction();
      int offset = offset();
      if (at < text.length()) {
        throw new UndecodableException(
            "parsing time %s: extra text: %s".formatted(quoted(text), quoted(text.substring(at))));
      }
      return time(numbers, nanos, offset);
    }

    private LocalDateTime time(int[] n, int nanos, int offset) {
      try {
        return LocalDateTime.of(n[0], n[1], n[2], n[3], n[4], n[5], nanos)
            .atOffset(ZoneOffset.ofTotalSeconds(offset))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
      } catch (DateTimeException e) {
        throw outOfRange("day");
      }
    }

    private void checkRange(int part, int value) {
      if (part == 2 && (value < 1 || value > 12)) {
        throw outOfRange("month");
      }
      if (part == 4 && value > 23) {
        throw outOfRange("hour");
      }
      if (part == 5 && value > 59) {
        throw outOfRange("minute");
      }
      if (part == 6 && value > 59) {
        throw outOfRange("second");
      }
    }

    private int number(String part) {
      int digits = digitsAt(at, part.length());
      if (digits < part.length()) {
        throw unreadable(part);
      }
      int value = Integer.parseInt(text.substring(at, at + digits));
      at += digits;
      return value;
    }

    private void literal(String part) {
      if (!text.startsWith(part, at)) {
        throw unreadable(part);
      }
      at += part.length();
    }

    private int sixDigits() {
      if (at >= text.length() || text.charAt(at) != '.' || digitsAt(at + 1, 6) < 6) {
        throw unreadable(".000000");
      }
      int micros = Integer.parseInt(text.substring(at + 1, at + 7));
      at += 7;
      return micros * 1000;
    }

    private int fraction() {
      if (at + 1 >= text.length() || ".,".indexOf(text.charAt(at)) < 0) {
        return 0;
      }
      int digits = digitsAt(at + 1, text.length());
      if (digits == 0) {
        return 0;
      }
      String nanos = (text.substring(at + 1, at + 1 + digits) + "000000000").substring(0, 9);
      at += 1 + digits;
      return Integer.parseInt(nanos);
    }

    private int offset() {
      if (text.startsWith("Z", at)) {
        at++;
        return 0;
      }
      String rest = text.substring(at);
      if (!rest.matches("(?s)[+-]\\d\\d:\\d\\d.*")) {
        throw unreadable("Z07:00");
      }
      int hours = Integer.parseInt(rest.substring(1, 3));
      int minutes = Integer.parseInt(rest.substring(4, 6));
      if (hours > 18 || minutes > 59) {
        throw outOfRange(hours > 18 ? "time zone offset hour" : "time zone offset minute");
      }
      at += 6;
      int seconds = (hours * 60 + minutes) * 60;
      return rest.charAt(0) == '-' ? -seconds : seconds;
    }

    private int digitsAt(int start, int most) {
      int count = 0;
      while (count < most && start + count < text.length() && isDigit(text.charAt(start + count))) {
        count++;
      }
      return count;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private UndecodableException unreadable(String part) {
      return new UndecodableException(
          "parsing time %s as %s: cannot parse %s as %s"
              .formatted(quoted(text), quoted(layout), quoted(text.substring(at)), quoted(part)));
    }

    private UndecodableException outOfRange(String what) {
      return new UndecodableException(
          "parsing time %s: %s out of range".formatted(quoted(text), what));
    }

    private static String quoted(String value) {
      return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }
}
