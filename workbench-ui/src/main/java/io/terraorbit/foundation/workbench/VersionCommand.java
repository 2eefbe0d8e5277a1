package io.terraorbit.foundation.workbench;

import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Shows the versions of the workbench and of Java.")
final class VersionCommand implements Runnable {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String version =
        Optional.ofNullable(Workbench.class.getPackage().getImplementationVersion())
            .orElse("development");
    terminal.result("workbench %s, Java %s".formatted(version, System.getProperty("java.version")));
  }
}
