package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector.Operator;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector.Requirement;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the syntax of {@code k8s.io/apimachinery/pkg/labels}, with its errors. Used once. */
final class LabelSelectorParser {
  private static final String SYMBOLS = "(),!=<>";
  private static final String SPACES = " \t\r\n";
  private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

  private final List<String> tokens = new ArrayList<>();
  private int next;

  LabelSelectorParser(String text) {
    scan(text);
  }

  LabelSelector parse() {
    List<Requirement> requirements = new ArrayList<>();
    while (!peek().isEmpty()) {
      if (!beginsRequirement(peek())) {
        throw Refusals.badRequest(
            "found '%s', expected: !, identifier, or 'end of string'".formatted(peek()));
      }
      requirements.add(requirement());
      String token = take();
      if (token.equals(",") && !beginsRequirement(peek())) {
        throw Refusals.badRequest("found '%s', expected: identifier after ','".formatted(peek()));
      } else if (!token.equals(",") && !token.isEmpty()) {
        throw Refusals.badRequest("found '%s', expected: ',' or 'end of string'".formatted(token));
      }
    }
    return new LabelSelector(requirements);
  }

  private static boolean beginsRequirement(String token) {
    return token.equals("!") || isIdentifier(token);
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
      case "=", "==" -> requirement(key, Operator.IN, value());
      case "!=" -> requirement(key, Operator.NOT_IN, value());
      case "in" -> requirement(key, Operator.IN, values());
      case "notin" -> requirement(key, Operator.NOT_IN, values());
      case ">" -> requirement(key, Operator.GREATER, value());
      case "<" -> requirement(key, Operator.LESS, value());
      default -> throw unparsable("found '%s', expected: " + OPERATORS, operator);
    };
  }

  private String key() {
    String key = take();
    if (!isIdentifier(key)) {
      throw unparsable("found '%s', expected: identifier", key);
    }
    List<FieldError> problems = new ArrayList<>();
    check(problems, "<nil>", key, Names.keyProblems(key));
    refuse(problems);
    return key;
  }

  private Set<String> value() {
    if (peek().isEmpty() || peek().equals(",")) {
      return Set.of("");
    }
    String value = take();
    if (!isIdentifier(value)) {
      throw unparsable("found '%s', expected: identifier", value);
    }
    return Set.of(value);
  }

  private Set<String> values() {
    String open = take();
    if (!open.equals("(")) {
      throw unparsable("found '%s' expected: '('", open);
    }
    Set<String> values = new TreeSet<>();
    if (peek().equals(")")) {
      values.add("");
    } else if (!peek().equals(",") && !isIdentifier(peek())) {
      throw unparsable("found '%s', expected: ',', ')' or identifier", peek());
    }
    while (!peek().equals(")")) {
      String token = take();
      if (token.equals(",")) {
        if (values.isEmpty() || peek().equals(",") || peek().equals(")")) {
          values.add("");
        }
      } else if (isIdentifier(token)) {
        values.add(token);
        if (!peek().equals(",") && !peek().equals(")")) {
          throw unparsable("found '%s', expected: ',' or ')'", peek());
        }
      } else {
        throw unparsable("found '%s', expected: ',', or identifier", token);
      }
    }
    take();
    return values;
  }

  private static Requirement requirement(String key, Operator operator, Set<String> values) {
    List<FieldError> problems = new ArrayList<>();
    boolean compares = operator == Operator.GREATER || operator == Operator.LESS;
    int index = 0;
    for (String value : values) {
      if (compares && !isNumber(value)) {
        problems.add(
            FieldError.invalid(
                "values[0]", value, "for 'Gt', 'Lt' operators, the value must be an integer"));
      }
      String path = "values[%d][%s]".formatted(index, key);
      check(problems, path, value, Names.labelValueProblems(value));
      index++;
    }
    refuse(problems);
    return new Requirement(key, operator, values);
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?\\d{1,18}");
  }

  private static void check(
      List<FieldError> problems, String path, String value, List<String> faults) {
    if (!faults.isEmpty()) {
      problems.add(FieldError.invalid(path, value, String.join("; ", faults)));
    }
  }

  private static void refuse(List<FieldError> problems) {
    if (!problems.isEmpty()) {
      throw unparsable("%s", FieldError.text(problems));
    }
  }

  private void scan(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (SPACES.indexOf(c) >= 0) {
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
            && SPACES.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        tokens.add(text.substring(i, end));
        i = end;
      }
    }
  }

  private static boolean isIdentifier(String token) {
    return !token.isEmpty() && SYMBOLS.indexOf(token.charAt(0)) < 0;
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
