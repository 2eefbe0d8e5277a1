package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/** Durations as Go's {@code time.ParseDuration} reads them, or with units in words. */
final class Durations {
  private static final Pattern OF_GO =
      Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern IN_WORDS = Pattern.compile("(\\d+)\\s*([A-Za-zµ]+)");
  private static final List<String> UNITS =
      List.of("ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk");
  private static final List<String> WORDS =
      List.of("nano", "micro", "milli", "sec", "min", "hour", "day", "week");

  private Durations() {}

  static boolean readable(String text) {
    if (OF_GO.matches(text)) {
      return true;
    }
    boolean readable = false;
    Matcher matcher = IN_WORDS.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).length() > 18) {
        return false;
      }
      String unit = matcher.group(2).toLowerCase(Locale.ROOT);
      readable |= UNITS.contains(unit) || WORDS.stream().anyMatch(unit::startsWith);
    }
    return readable;
  }
}
