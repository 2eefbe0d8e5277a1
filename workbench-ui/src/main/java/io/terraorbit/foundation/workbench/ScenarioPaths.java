package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.ScenarioFile;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the scenarios that a user named. Stateless. */
final class ScenarioPaths {
  private ScenarioPaths() {}

  /**
   * Replaces each folder by the scenarios right within it, sorted; other YAML there is left out.
   *
   * @throws AppException {@code WORKBENCH_NO_SCENARIO} if a folder has none
   */
  static List<Path> expand(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(within(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> within(Path folder) {
    List<Path> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found =
          entries
              .filter(path -> path.toString().endsWith(".yaml") || path.toString().endsWith(".yml"))
              .filter(ScenarioFile::claimsToBeOne)
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.isEmpty()) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "WORKBENCH_NO_SCENARIO",
          "the folder %s holds no scenario".formatted(folder),
          "A scenario is a YAML file of apiVersion foundation.terraorbit.io/v1alpha1",
          "Name another folder, or a file.");
    }
    return found;
  }
}
