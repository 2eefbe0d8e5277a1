package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scenarios as text in tests. */
final class ScenarioText {
  private ScenarioText() {}

  /** A scenario with this in its spec, indented by two; the spec begins in line 5. */
  static String spec(String spec) {
    return """
        apiVersion: foundation.terraorbit.io/v1alpha1
        kind: ReconcileScenario
        metadata: {name: pg}
        spec:
        """
        + spec.indent(2);
  }

  /** A scenario with one step that tries these operations; they begin in line 8. */
  static String operations(String operations) {
    return spec("steps:\n  - name: one\n    try:\n" + operations.indent(6));
  }

  static Path write(Path folder, String text) {
    try {
      return Files.writeString(folder.resolve("pg.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Scenario read(Path folder, String text) {
    return ScenarioFile.load(write(folder, text));
  }

  /** The messages, with nothing of the folder's name in them and plain line ends. */
  static List<String> mistakes(Path folder, String text) {
    return ScenarioFile.read(write(folder, text)).mistakes().stream()
        .map(AppError::message)
        .map(message -> message.replace(folder + "/", "").replace(System.lineSeparator(), "\n"))
        .toList();
  }
}
