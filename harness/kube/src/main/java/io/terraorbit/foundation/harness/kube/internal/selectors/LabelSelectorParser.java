package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector.Operator;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector.Requirement;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the syntax of {@code k8s.io/apimachinery/pkg/labels}, with its errors. Used once. */
final class LabelSelectorParser {
  private static final String SYMBOLS = "(),!=<>";
  private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

  private final List<String> tokens = new ArrayList<>();
  private int next;

  LabelSelectorParser(String text) {
    scan(text);
  }

  LabelSelector parse() {
    List<Requirement> requirements = new ArrayList<>();
    requirements.add(requirement());
    while (!peek().isEmpty()) {
      String token = take();
      if (!token.equals(",")) {
        throw unparsable("found '%s', expected: ',' or 'end of string'", token);
      }
      requirements.add(requirement());
    }
    return new LabelSelector(requirements);
  }

  private Requirement requirement() {
    if (peek().equals("!")) {
      take();
      return new Requirement(key(), Operator.ABSENT, Set.of());
    }
    String key = key();
    if (peek().isEmpty() || peek().equals(",")) {
      return new Requirement(key, Operator.EXISTS, Set.of());
    }
    String operator = take();
    return switch (operator) {
      case "=", "==" -> new Requirement(key, Operator.IN, Set.of(value(key)));
      case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(value(key)));
      case "in" -> new Requirement(key, Operator.IN, values(key));
      case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
      case ">" -> new Requirement(key, Operator.GREATER, number());
      case "<" -> new Requirement(key, Operator.LESS, number());
      default -> throw unparsable("found '%s', expected: " + OPERATORS, operator);
    };
  }

  private String key() {
    String key = take();
    if (key.isEmpty() || isSymbol(key)) {
      throw unparsable("found '%s', expected: identifier", key);
    }
    List<String> problems = Names.keyProblems(key);
    if (!problems.isEmpty()) {
      throw unparsable("%s", FieldError.invalid("key", key, problems.get(0)).text());
    }
    return key;
  }

  private String value(String key) {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    String value = take();
    if (isSymbol(value)) {
      throw unparsable("found '%s', expected: identifier", value);
    }
    return checked(key, value);
  }

  private Set<String> number() {
    String value = take();
    if (!value.matches("-?\\d{1,18}")) {
      throw unparsable(
          "%s",
          FieldError.invalid(
                  "values[0]", value, "for 'Gt', 'Lt' operators, the value must be an integer")
              .text());
    }
    return Set.of(value);
  }

  private Set<String> values(String key) {
    String open = take();
    if (!open.equals("(")) {
      throw unparsable("found '%s' expected: '('", open);
    }
    Set<String> values = new LinkedHashSet<>();
    while (true) {
      String token = take();
      switch (token) {
        case ")" -> {
          if (values.isEmpty()) {
            values.add("");
          }
          return values;
        }
        case "," -> {
          if (values.isEmpty() || peek().equals(",") || peek().equals(")")) {
            values.add("");
          }
        }
        case "" -> throw unparsable("found '%s', expected: ',', ')' or identifier", token);
        default -> values.add(checked(key, token));
      }
    }
  }

  private static String checked(String key, String value) {
    List<String> problems = Names.labelValueProblems(value);
    if (!problems.isEmpty()) {
      throw unparsable(
          "%s", FieldError.invalid("values[0][" + key + "]", value, problems.get(0)).text());
    }
    return value;
  }

  private void scan(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if ("=!".indexOf(c) >= 0 && text.startsWith("=", i + 1)) {
        tokens.add(text.substring(i, i + 2));
        i += 2;
      } else if (SYMBOLS.indexOf(c) >= 0) {
        tokens.add(String.valueOf(c));
        i++;
      } else {
        int end = i;
        while (end < text.length()
            && SYMBOLS.indexOf(text.charAt(end)) < 0
            && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        tokens.add(text.substring(i, end));
        i = end;
      }
    }
  }

  private static boolean isSymbol(String token) {
    return SYMBOLS.indexOf(token.charAt(0)) >= 0;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static ApiException unparsable(String format, String met) {
    return Refusals.badRequest("unable to parse requirement: " + format.formatted(met));
  }
}
