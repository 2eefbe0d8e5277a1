package io.terraorbit.foundation.chaos.scenario.internal.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds what is wrong with an expression before there is a value to try it on. Stateless. */
public final class TreeLint {
  private TreeLint() {}

  /** What is wrong with a key or a text. */
  public static List<Problem> check(String written, Collection<String> bindings) {
    List<Problem> problems = new ArrayList<>();
    try {
      Term term = Term.of(written);
      if (term.expression()) {
        term.variables().stream()
            .filter(name -> !bindings.contains(name))
            .forEach(name -> problems.add(new Problem(name, "")));
        term.check();
      }
    } catch (TreeException e) {
      problems.add(new Problem("", String.valueOf(e.getMessage())));
    }
    return problems;
  }

  /**
   * One mistake. Immutable.
   *
   * @param unbound the variable that is not bound, or empty
   * @param malformed why the expression cannot be read, or empty
   */
  public record Problem(String unbound, String malformed) {}
}
