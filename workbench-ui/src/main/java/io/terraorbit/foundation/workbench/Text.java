package io.terraorbit.foundation.workbench;

import java.time.Duration;
import java.util.Locale;

/** How the reports write numbers and names. Stateless. */
final class Text {
  private Text() {}

  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
  }

  static String seconds(Duration duration) {
    return seconds(duration.toNanos() / 1_000);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String mark(boolean good) {
    return good ? "✓" : "✗";
  }
}
