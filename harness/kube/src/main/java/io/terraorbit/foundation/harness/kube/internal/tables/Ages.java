package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Times told as kubectl tells them: how long ago, in at most two units. */
final class Ages {
  static final String UNKNOWN = "<unknown>";
  static final String INVALID = "<invalid>";

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private Ages() {}

  /** How long ago a field's time was; {@code <unknown>} when the field is absent. */
  static String since(Map<String, Object> object, Instant now, String... path) {
    return Values.string(object, path).map(time -> since(time, now)).orElse(UNKNOWN);
  }

  /** How long ago a time was; {@code <invalid>} when the text is none. */
  static String since(String time, Instant now) {
    try {
      return text(Duration.between(instant(time), now));
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  /**
   * Reads a time of RFC 3339.
   *
   * @throws DateTimeException if it is none
   */
  static Instant instant(String time) {
    return OffsetDateTime.parse(time).toInstant();
  }

  /** A span, as {@code k8s.io/apimachinery/pkg/util/duration.HumanDuration} writes it. */
  static String text(Duration span) {
    long seconds = span.truncatedTo(ChronoUnit.SECONDS).toSeconds();
    if (seconds < -1) {
      return INVALID;
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 2 * MINUTE) {
      return seconds + "s";
    }
    if (seconds < 10 * MINUTE) {
      return pair(seconds, MINUTE, "m", 1, "s");
    }
    if (seconds < 3 * HOUR) {
      return seconds / MINUTE + "m";
    }
    if (seconds < 8 * HOUR) {
      return pair(seconds, HOUR, "h", MINUTE, "m");
    }
    if (seconds < 2 * DAY) {
      return seconds / HOUR + "h";
    }
    if (seconds < 8 * DAY) {
      return pair(seconds, DAY, "d", HOUR, "h");
    }
    if (seconds < 2 * YEAR) {
      return seconds / DAY + "d";
    }
    if (seconds < 8 * YEAR) {
      return pair(seconds, YEAR, "y", DAY, "d");
    }
    return seconds / YEAR + "y";
  }

  private static String pair(long seconds, long large, String largeUnit, long small, String unit) {
    long rest = seconds % large / small;
    return seconds / large + largeUnit + (rest == 0 ? "" : rest + unit);
  }
}
