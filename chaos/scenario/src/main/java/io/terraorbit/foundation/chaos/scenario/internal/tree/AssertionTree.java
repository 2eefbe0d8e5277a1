package io.terraorbit.foundation.chaos.scenario.internal.tree;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with a tree as kyverno-json does. Of a mapping, only the keys that the tree
 * names count; a list must have the tree's length and is compared element by element; a key in
 * parentheses is JMESPath over the mapping, {@code ~.key} applies the tree below it to every
 * element; a text in parentheses is evaluated over the actual value and must equal it. Stateless.
 */
public final class AssertionTree {
  private static final int SHOWN = 200;

  private AssertionTree() {}

  /** Where the value differs from the tree; empty when it matches. */
  public static List<Mismatch> match(
      @Nullable Object tree, @Nullable Object actual, Bindings bindings) {
    List<Mismatch> found = new ArrayList<>();
    new Comparison(bindings, found).compare("", tree, actual);
    return found;
  }

  /** JSON, cut where it gets long. */
  static String shown(@Nullable Object value) {
    String json = Json.text(value);
    return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
  }

  private record Comparison(Bindings bindings, List<Mismatch> found) {

    void compare(String path, @Nullable Object tree, @Nullable Object actual) {
      if (tree instanceof Map<?, ?> members) {
        members.forEach((key, below) -> compareMember(path, String.valueOf(key), below, actual));
      } else if (tree instanceof List<?> elements) {
        compareElements(path, elements, actual);
      } else {
        compareScalar(path, tree, actual);
      }
    }

    private void compareMember(
        String path, String key, @Nullable Object tree, @Nullable Object actual) {
      String below = path.isEmpty() ? key : path + "." + key;
      try {
        Term term = Term.of(key);
        if (term.expression()) {
          descend(term, below, tree, term.evaluate(actual, bindings));
        } else if (actual instanceof Map<?, ?> members && members.containsKey(term.text())) {
          descend(term, below, tree, members.get(term.text()));
        } else {
          found.add(new Mismatch(below, shown(tree), "nothing"));
        }
      } catch (TreeException e) {
        found.add(new Mismatch(below, shown(tree), String.valueOf(e.getMessage())));
      }
    }

    private void descend(Term term, String path, @Nullable Object tree, @Nullable Object actual) {
      if (!term.each()) {
        compare(path, tree, actual);
      } else if (actual instanceof Map<?, ?> members) {
        members.forEach((key, member) -> compare(path + "." + key, tree, member));
      } else if (actual instanceof Collection<?> elements) {
        int index = 0;
        for (Object element : elements) {
          compare("%s[%d]".formatted(path, index++), tree, element);
        }
      } else {
        found.add(new Mismatch(path, "a list", shown(actual)));
      }
    }

    private void compareElements(String path, List<?> tree, @Nullable Object actual) {
      if (!(actual instanceof List<?> elements)) {
        found.add(new Mismatch(path, "a list", shown(actual)));
      } else if (elements.size() != tree.size()) {
        found.add(
            new Mismatch(
                path,
                "%d elements".formatted(tree.size()),
                "%d: %s".formatted(elements.size(), shown(elements))));
      } else {
        for (int i = 0; i < tree.size(); i++) {
          compare("%s[%d]".formatted(path, i), tree.get(i), elements.get(i));
        }
      }
    }

    private void compareScalar(String path, @Nullable Object tree, @Nullable Object actual) {
      Object expected = tree;
      if (tree instanceof String text) {
        Term term = Term.of(text);
        try {
          expected = term.expression() ? term.evaluate(actual, bindings) : term.text();
        } catch (TreeException e) {
          found.add(new Mismatch(path, text, String.valueOf(e.getMessage())));
          return;
        }
      }
      if (!same(expected, actual)) {
        found.add(new Mismatch(path, shown(expected), shown(actual)));
      }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
      return (expected instanceof Number left && actual instanceof Number right)
          ? new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0
          : Objects.equals(Values.copy(expected), Values.copy(actual));
    }
  }
}
