package io.terraorbit.foundation.chaos.proxy.internal.api;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON as Go's decoder takes it and Go's encoder gives it, as far as a caller can tell. */
final class GoJson {
  private GoJson() {}

  /**
   * The first value of a body; what follows is ignored.
   *
   * @throws ApiFailure when there is none, or it is malformed
   */
  static @Nullable Object read(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start == text.length()) {
      throw ApiFailure.badBody("EOF");
    }
    int end = endOfValue(text, start);
    if (end < 0) {
      throw ApiFailure.badBody("unexpected EOF");
    }
    try {
      return Json.read(text.substring(start, end));
    } catch (JsonSyntaxException e) {
      throw ApiFailure.badBody(String.valueOf(e.getMessage()));
    }
  }

  /** Compact, with the characters escaped that could end a script. */
  static String text(Object value) {
    return Json.text(value)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** One past the last character of the value at {@code start}; -1 when it does not end. */
  private static int endOfValue(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = endOfString(text, i);
        if (i < 0) {
          return -1;
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (depth > 0 || !ends(text, i + 1)) {
        continue;
      }
      if (depth <= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Whether a number or a word outside all brackets ends before {@code index}. */
  private static boolean ends(String text, int index) {
    return index == text.length() || " \t\r\n,{}[]\"".indexOf(text.charAt(index)) >= 0;
  }

  /** The closing quote of the string that opens at {@code start}; -1 when there is none. */
  private static int endOfString(String text, int start) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }
}
