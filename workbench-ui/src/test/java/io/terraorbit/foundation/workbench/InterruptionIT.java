package io.terraorbit.foundation.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InterruptionIT {
  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  @Test
  void aRunThatIsTerminatedStopsEverythingFirst() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("sleeps.yaml"),
            """
            apiVersion: foundation.terraorbit.io/v1alpha1
            kind: ReconcileScenario
            metadata: {name: sleeps}
            spec: {steps: [{name: nap, try: [{sleep: {duration: 1h}}]}]}
            """);
    Process process = workbench("run", scenario.toString());
    try (BufferedReader err = process.errorReader()) {
      String line = err.readLine();
      while (line != null && !line.endsWith("step 'nap': begin")) {
        line = err.readLine();
      }
      process.toHandle().destroy(); // Process.destroy would close the stream, too.
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(err.lines()).last().isEqualTo("interrupted; everything was stopped");
      assertThat(process.exitValue()).isEqualTo(TERMINATED);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process workbench(String... args) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Workbench.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}
