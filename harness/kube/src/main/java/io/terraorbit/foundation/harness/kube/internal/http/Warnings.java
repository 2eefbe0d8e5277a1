package io.terraorbit.foundation.harness.kube.internal.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The values of {@code Warning} headers (RFC 7234 section 5.5), bounded as by a real server: each
 * text once; in full up to 4,096 characters in all; past that every text is cut to 256 characters,
 * and once those have filled the bound, no more are added.
 */
final class Warnings {
  private static final int MAX_TOTAL = 4 * 1024;
  private static final int MAX_EACH = 256;

  private Warnings() {}

  static List<String> of(List<String> texts) {
    List<String> distinct =
        new LinkedHashSet<>(texts).stream().filter(Warnings::printable).toList();
    int total = distinct.stream().mapToInt(Warnings::length).sum();
    List<String> values = new ArrayList<>();
    int written = 0;
    for (String text : distinct) {
      String shown = total <= MAX_TOTAL ? text : cut(text);
      if (total > MAX_TOTAL && written >= MAX_TOTAL) {
        break;
      }
      written += length(shown);
      values.add("299 - \"" + shown.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    return values;
  }

  /** What holds a control character is no warning, and is left out. */
  private static boolean printable(String text) {
    return !text.isEmpty() && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String cut(String text) {
    return length(text) <= MAX_EACH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_EACH));
  }
}
