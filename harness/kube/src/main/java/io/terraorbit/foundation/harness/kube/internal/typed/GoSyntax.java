package io.terraorbit.foundation.harness.kube.internal.typed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a text that is no JSON, in the words of Go's decoder, which clients see.
 * It reads bytes as Go does; for one text, once.
 */
public final class GoSyntax {
  private static final int END = -1;
  private static final int MAX_DEPTH = 10_000;

  /** Where Go takes the end of the text for a space that is not allowed. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "(in literal|in numeric|after decimal|in exponent|in string escape|in .u hex).*");

  private final byte[] text;
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;

  private GoSyntax(byte[] text) {
    this.text = text;
  }

  /** The first mistake, or what is given when Go would find none. */
  public static String mistake(byte[] text, String otherwise) {
    try {
      GoSyntax scanner = new GoSyntax(text);
      scanner.document();
      return otherwise;
    } catch (Mistake e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void document() {
    value();
    while (!open.isEmpty()) {
      afterValue();
    }
    if (space() != END) {
      throw invalid("after top-level value");
    }
  }

  /** Reads a value, or all that opens before the first one in it; no recursion, so any depth. */
  private void value() {
    boolean inside = true;
    while (inside) {
      inside = opens();
    }
  }

  /** Whether an array opened or a member began, so that a value must follow. */
  private boolean opens() {
    switch (space()) {
      case '{' -> {
        open('}');
        if (space() == '}') {
          closed();
          return false;
        }
        name();
        return true;
      }
      case '[' -> {
        open(']');
        if (space() == ']') {
          closed();
          return false;
        }
        return true;
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw invalid("looking for beginning of value");
    }
    return false;
  }

  private void open(char close) {
    if (open.size() == MAX_DEPTH) {
      throw invalid("exceeded max depth");
    }
    open.push(close);
    at++;
  }

  private void afterValue() {
    boolean object = open.element() == '}';
    int next = space();
    if (next == open.element()) {
      closed();
    } else if (next == ',') {
      at++;
      if (object) {
        space();
        name();
      }
      value();
    } else {
      throw invalid(object ? "after object key:value pair" : "after array element");
    }
  }

  private void closed() {
    at++;
    open.pop();
  }

  private void name() {
    if (peek() != '"') {
      throw invalid("looking for beginning of object key string");
    }
    string();
    if (space() != ':') {
      throw invalid("after object key");
    }
    at++;
  }

  private void string() {
    at++;
    for (int next = peek(); next != '"'; next = peek()) {
      if (next < ' ') {
        throw invalid("in string literal");
      }
      at++;
      if (next == '\\') {
        escape();
      }
    }
    at++;
  }

  private void escape() {
    int next = peek();
    if (next == END || "\"\\/bfnrtu".indexOf(next) < 0) {
      throw invalid("in string escape code");
    }
    at++;
    for (int i = 0; next == 'u' && i < 4; i++) {
      if (Character.digit(peek(), 16) < 0) {
        throw invalid("in \\u hexadecimal character escape");
      }
      at++;
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw invalid("in literal %s (expecting '%c')".formatted(word, word.charAt(i)));
      }
      at++;
    }
  }

  private void number() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits("in numeric literal");
    }
    if (peek() == '.') {
      at++;
      digits("after decimal point in numeric literal");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits("in exponent of numeric literal");
    }
  }

  private void digits(String where) {
    if (peek() < '0' || peek() > '9') {
      throw invalid(where);
    }
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
  }

  private int space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
      at++;
    }
    return peek();
  }

  private int peek() {
    return at < text.length ? text[at] & 0xff : END;
  }

  private Mistake invalid(String where) {
    if (peek() == END) {
      return new Mistake(
          UNFINISHED.matcher(where).matches()
              ? "invalid character ' ' " + where
              : "unexpected end of JSON input");
    }
    return new Mistake("invalid character %s %s".formatted(quoted(peek()), where));
  }

  /** A byte as Go quotes it, which takes it for a character. */
  private static String quoted(int met) {
    return switch (met) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\t' -> "'\\t'";
      case '\r' -> "'\\r'";
      case '\f' -> "'\\f'";
      case '\b' -> "'\\b'";
      case 0x07 -> "'\\a'";
      case 0x0b -> "'\\v'";
      default -> unnamed(met);
    };
  }

  private static String unnamed(int met) {
    if (met < ' ' || met == 0x7f) {
      return "'\\x%02x'".formatted(met);
    }
    boolean printable = met < 0x7f || (met > 0xa0 && met != 0xad);
    return printable ? "'" + (char) met + "'" : "'\\u%04x'".formatted(met);
  }

  private static final class Mistake extends RuntimeException {
    Mistake(String message) {
      super(message, null, false, false);
    }
  }
}
