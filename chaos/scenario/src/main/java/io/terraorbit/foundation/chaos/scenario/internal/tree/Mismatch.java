package io.terraorbit.foundation.chaos.scenario.internal.tree;

/**
 * One place where a value is not what a tree asks for. Immutable.
 *
 * @param path such as {@code status.(conditions[?type=='Ready'])[0].status}
 * @param expected and {@code actual}: JSON, or words
 */
public record Mismatch(String path, String expected, String actual) {
  /** One line for people. */
  @Override
  public String toString() {
    return "%s: expected %s, got %s".formatted(path.isEmpty() ? "(all)" : path, expected, actual);
  }
}
