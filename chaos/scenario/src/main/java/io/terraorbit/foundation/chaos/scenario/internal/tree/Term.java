package io.terraorbit.foundation.chaos.scenario.internal.tree;

import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jcf.JcfRuntime;
import io.burt.jmespath.parser.ParseException;
import io.terraorbit.foundation.json.Json;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key or a text of a tree, taken apart as Chainsaw does: {@code ~.} in front means "for each
 * element", parentheses hold JMESPath, a backslash on either side takes the meaning away.
 * Immutable.
 *
 * <p>JMESPath has no variables, Chainsaw's dialect has: {@code $name} is replaced by a literal of
 * the binding's value before the expression is compiled, except within quotes and literals.
 *
 * @param each whether it applies to every element
 * @param text the expression or the plain key, without its marks
 * @param expression whether {@code text} is JMESPath
 */
record Term(boolean each, String text, boolean expression) {
  private static final Pattern EACH = Pattern.compile("~(\\w+)?\\.(.*)", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.+)\\\\", Pattern.DOTALL);
  private static final Pattern ENGINE = Pattern.compile("\\((?:(\\w+);)?(.+)\\)", Pattern.DOTALL);
  private static final Pattern BINDING = Pattern.compile("(.*\\))\\s*->\\s*(\\w+)", Pattern.DOTALL);

  /** Quoted identifiers, raw strings and literals, which are skipped; then a variable. */
  private static final Pattern VARIABLE =
      Pattern.compile("\"(?:\\\\.|[^\"])*\"|'(?:\\\\.|[^'])*'|`(?:\\\\.|[^`])*`|\\$(\\w+)");

  private static final Pattern FOREIGN_START = Pattern.compile("[~(\\\\].*", Pattern.DOTALL);

  static Term of(String written) {
    if (!FOREIGN_START.matcher(written).matches()) {
      return new Term(false, written, false);
    }
    Matcher forEach = EACH.matcher(written);
    boolean each = forEach.matches();
    String rest = each ? Objects.requireNonNull(forEach.group(2)) : written;
    if (each && forEach.group(1) != null) {
      throw new TreeException(
          "'~%s.' names the index; this version knows '~.' only".formatted(forEach.group(1)), null);
    }
    if (BINDING.matcher(rest).matches()) {
      throw new TreeException("'->' makes a binding; this version does not do that", null);
    }
    Matcher escaped = ESCAPED.matcher(rest);
    if (escaped.matches()) {
      return new Term(each, Objects.requireNonNull(escaped.group(1)), false);
    }
    Matcher engine = ENGINE.matcher(rest);
    if (!engine.matches()) {
      return new Term(each, rest, false);
    }
    if (engine.group(1) != null && !"jp".equals(engine.group(1))) {
      throw new TreeException(
          "'%s;' asks for another language; this version knows JMESPath only"
              .formatted(engine.group(1)),
          null);
    }
    return new Term(each, Objects.requireNonNull(engine.group(2)).strip(), true);
  }

  /** The names of the bindings that it mentions. */
  Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    if (expression) {
      VARIABLE
          .matcher(text)
          .results()
          .map(result -> result.group(1))
          .filter(Objects::nonNull)
          .forEach(names::add);
    }
    return names;
  }

  /** The expression's value over {@code input}. */
  @Nullable Object evaluate(@Nullable Object input, Bindings bindings) {
    if (text.startsWith("$") && bindings.knows(text.substring(1))) {
      return bindings.get(text.substring(1));
    }
    try {
      return compile(inlined(bindings)).search(input);
    } catch (ParseException e) {
      throw syntax(e);
    } catch (JmesPathException | IllegalArgumentException e) {
      throw new TreeException("(%s) fails: %s".formatted(text, e.getMessage()), e);
    }
  }

  /** Fails if the expression is malformed. */
  void check() {
    try {
      compile(VARIABLE.matcher(text).replaceAll(Term::withoutVariable));
    } catch (ParseException e) {
      throw syntax(e);
    } catch (JmesPathException e) {
      throw new TreeException("(%s) is not JMESPath: %s".formatted(text, e.getMessage()), e);
    }
  }

  private TreeException syntax(ParseException cause) {
    return new TreeException("(%s) is not JMESPath".formatted(text), cause);
  }

  private String inlined(Bindings bindings) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? found.group()
                        : literal(bindings.get(found.group(1)))));
  }

  private static String withoutVariable(java.util.regex.MatchResult found) {
    return Matcher.quoteReplacement(found.group(1) == null ? found.group() : literal(""));
  }

  private static String literal(@Nullable Object value) {
    return "`" + Json.text(value).replace("`", "\\`") + "`";
  }

  private static Expression<Object> compile(String jmesPath) {
    return new JcfRuntime().compile(jmesPath);
  }
}
