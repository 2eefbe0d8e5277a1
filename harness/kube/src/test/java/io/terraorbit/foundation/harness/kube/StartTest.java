package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StartTest {
  private static final String OURS = "io.terraorbit.foundation.harness.kube.internal.";

  /** The seams to these families are loaded, and nothing behind them. */
  private static final Predicate<String> BEHIND_A_SEAM =
      Pattern.compile(
              OURS.replace(".", "\\.")
                  + "(openapi\\.(?!Documents)|workloads\\.(?!Objects)|tables\\.(?!Forms?\\b|Layouts)"
                  + "|protobuf\\.|strategic\\.)"
                  + "|com\\.google\\.protobuf\\.|org\\.snakeyaml\\.")
          .asPredicate();

  @TempDir private Path scratch;

  @Test
  void loadsNothingOfWhatNoRequestHasAskedFor() throws Exception {
    Path log = scratch.resolve("classes");
    Path out = scratch.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log + ":none:filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                StartedAlone.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readAllLines(out)).endsWith("201", "200");
    List<String> loaded =
        Files.readAllLines(log).stream().map(line -> line.split(" ", 2)[0]).toList();
    assertThat(loaded).contains(KubeApiServer.class.getName());
    assertThat(loaded).filteredOn(BEHIND_A_SEAM).isEmpty();
  }
}
