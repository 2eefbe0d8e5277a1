package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.selectors.FieldSelector.Term;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the syntax of {@code k8s.io/apimachinery/pkg/fields}: terms between commas, each with
 * {@code =}, {@code ==} or {@code !=}; in a value, a backslash goes before a comma, an equals sign
 * or another backslash.
 */
final class FieldSelectorParser {
  private static final String ESCAPABLE = "\\,=";

  private FieldSelectorParser() {}

  static List<Term> parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(part, text));
      }
    }
    return terms;
  }

  /** The parts between commas that no backslash stands before. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String part, String text) {
    int equals = part.indexOf('=');
    boolean negated = equals > 0 && part.charAt(equals - 1) == '!';
    if (equals < 0) {
      throw Refusals.badRequest(
          "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
    }
    String field = part.substring(0, negated ? equals - 1 : equals);
    boolean doubled = !negated && part.startsWith("=", equals + 1);
    return new Term(field, negated, unescaped(part.substring(equals + (doubled ? 2 : 1))));
  }

  private static String unescaped(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        if (i == value.length() || ESCAPABLE.indexOf(value.charAt(i)) < 0) {
          throw invalid(
              "invalid escape sequence: "
                  + value.substring(i - 1, Math.min(i + 1, value.length())));
        }
        plain.append(value.charAt(i));
      } else if (c == '=') {
        throw invalid("unescaped character in value: " + (int) c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static ApiException invalid(String why) {
    return Refusals.badRequest("invalid field selector: " + why);
  }
}
