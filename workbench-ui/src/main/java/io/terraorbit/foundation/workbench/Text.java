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

  /** The text with blanks after it; a longer one is left whole. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The text as one word of a shell's command. */
  static String shellWord(String text) {
    return text.matches("[A-Za-z0-9_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  static String mark(boolean good) {
    return good ? "✓" : "✗";
  }
}
