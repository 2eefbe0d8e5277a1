package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "lint", description = "Finds the mistakes in scenario files, without running them.")
final class LintCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Scenario files or folders.")
  private List<Path> files = List.of();

  LintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ExitCode code = ExitCode.PASS;
    for (Path file : ScenarioPaths.expand(files)) {
      ScenarioFile.Reading reading = ScenarioFile.read(file);
      reading.mistakes().forEach(terminal::error);
      if (reading.mistakes().isEmpty()) {
        terminal.result("%s: no mistakes".formatted(file));
      } else {
        code = ExitCode.USAGE;
      }
    }
    return code.code();
  }
}
