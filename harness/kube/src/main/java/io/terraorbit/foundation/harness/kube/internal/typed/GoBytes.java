package io.terraorbit.foundation.harness.kube.internal.typed;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes as Go's JSON reads them: Base64 with padding, line breaks skipped. */
final class GoBytes {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private GoBytes() {}

  /** Where Go finds that the text is no Base64; -1 when it is. */
  static int corruptAt(String text) {
    int end = text.length();
    int at = 0;
    while (true) {
      int inGroup = 0;
      while (inGroup < 4) {
        if (at == end) {
          return inGroup == 0 ? -1 : at - inGroup;
        }
        char c = text.charAt(at++);
        if (ALPHABET.indexOf(c) >= 0) {
          inGroup++;
        } else if (c == '=') {
          return padding(text, at, inGroup);
        } else if (c != '\n' && c != '\r') {
          return at - 1;
        }
      }
    }
  }

  /** Checks what follows the first sign of padding. */
  private static int padding(String text, int after, int inGroup) {
    int at = after;
    if (inGroup < 2) {
      return at - 1;
    }
    if (inGroup == 2) {
      at = skipBreaks(text, at);
      if (at == text.length()) {
        return text.length();
      }
      if (text.charAt(at) != '=') {
        return at;
      }
      at++;
    }
    at = skipBreaks(text, at);
    return at < text.length() ? at : -1;
  }

  private static int skipBreaks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
      at++;
    }
    return at;
  }

  static String withoutBreaks(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : text.replace("\n", "").replace("\r", "");
  }

  /** A list of numbers, which Go takes for bytes too; null when it is something else. */
  static @Nullable String ofNumbers(List<?> elements) {
    byte[] bytes = new byte[elements.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!(elements.get(i) instanceof Long number) || number < 0 || number > 255) {
        return null;
      }
      bytes[i] = number.byteValue();
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
