package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.ErrorKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers what is wrong with one file, so that a reader learns all of it at once. Confined to the
 * thread that reads.
 */
public final class Mistakes {
  private final String file;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * Starts with none.
   *
   * @param file the file's name as the user typed it
   */
  public Mistakes(String file) {
    this.file = file;
  }

  /**
   * Adds one.
   *
   * @param problem what the line does, to be read after {@code file:line}, such as {@code has …}
   */
  public void add(int line, String code, String problem, String expected, String remedy) {
    AppError error =
        new AppError(
            ErrorKind.VALIDATION,
            code,
            "%s:%d %s".formatted(file, line, problem),
            expected,
            remedy);
    mistakes.add(new Mistake(line, error));
  }

  /** Takes over what was found in another file. */
  public void addAll(Mistakes others) {
    mistakes.addAll(others.mistakes);
  }

  public int count() {
    return mistakes.size();
  }

  public boolean none() {
    return mistakes.isEmpty();
  }

  public String file() {
    return file;
  }

  /** All mistakes in the order of their lines. */
  public List<AppError> errors() {
    return mistakes.stream()
        .sorted(Comparator.comparingInt(Mistake::line))
        .map(Mistake::error)
        .toList();
  }

  private record Mistake(int line, AppError error) {}
}
