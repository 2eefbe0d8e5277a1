package io.terraorbit.foundation.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.scenario.Runner;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CommandLineTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TimeSource time = TimeSource.system();

  @Nested
  class Run {
    @Test
    void endsWithZeroAndAReportWhenAllPasses() {
      assertThat(execute("run", scenario("passes"))).isZero();
      assertThat(lines(out))
          .anySatisfy(line -> assertThat(line).matches("  kubernetes +v1\\S+ +embedded +\\d+ ms"))
          .anySatisfy(line -> assertThat(line).matches("  ✓ write and read +[0-9.]+ s"))
          .anySatisfy(
              line -> assertThat(line).matches("    ✓ apply ConfigMap/default/c +[0-9.]+ s"))
          .anySatisfy(line -> assertThat(line).matches("  ✓ rollbacks +[0-9.]+ s"))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .matches("  conflict +reject +on kubernetes +1 requests: scenario-runner ×1"))
          .contains("  ✓ faultsFired          all of 1", "✓ pass  passes  seed 11")
          .anySatisfy(line -> assertThat(line).matches("  environment +[0-9.]+ s"))
          .noneSatisfy(line -> assertThat(line).contains("replay"));
      assertThat(lines(err))
          .anySatisfy(line -> assertThat(line).matches(" +[0-9.]+ s  kubernetes v1\\S+ is up"))
          .anySatisfy(line -> assertThat(line).endsWith("step 'write and read': pass"));
    }

    @Test
    void endsWithOneAndTheReasonWhenSomethingFails() {
      assertThat(execute("run", scenario("fails"), scenario("passes"))).isEqualTo(1);
      assertThat(lines(out))
          .contains("✗ fail  fails  seed 12")
          .contains("    data.k: expected \"w\", got \"v\"")
          .contains("  replay     ./workbench run %s --seed 12".formatted(scenario("fails")))
          .contains("History:")
          .contains("✓ pass  passes  seed 11")
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(
                          "  ConfigMap/default/c is not as asserted after 50ms in step 'look for what"
                              + " is not so': it was last written at "))
          .anySatisfy(line -> assertThat(line).startsWith("    ✗ assert ConfigMap/default/c"));
    }

    @Test
    void endsWithFourWhenNothingWasTested() {
      assertThat(execute("run", scenario("vacuous"), scenario("passes"))).isEqualTo(4);
      assertThat(lines(out))
          .contains("✗ vacuous  vacuous  seed 13")
          .contains("  the fault 'no-secrets' on kubernetes never fired")
          .anySatisfy(line -> assertThat(line).endsWith("on kubernetes           never fired"));
    }

    @Test
    void endsWithTwoBeforeAnythingRunsWhenAScenarioHasMistakes() throws IOException {
      Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "kind: A\n");
      assertThat(execute("run", scenario("passes"), wrong.toString())).isEqualTo(2);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString())
          .isEqualTo(
              "SCENARIO_KEY_MISSING: %s:1 has no 'apiVersion' in 'the file'. It is required.%nAdd 'apiVersion: …'.%n"
                  .formatted(wrong));
    }

    @Test
    void endsWithTwoWhenTheFactoryIsMissing() throws IOException {
      String text =
          Files.readString(Path.of(scenario("passes")))
              .replace("  steps:", "  controllers: [{name: a, factory: com.acme.None}]\n  steps:");
      Path file = Files.writeString(folder.resolve("a.yaml"), text);
      assertThat(execute("run", file.toString())).isEqualTo(2);
      assertThat(err.toString()).startsWith("SCENARIO_FACTORY_UNKNOWN: ");
    }

    @Test
    void endsWithThreeWhenAPortIsTaken() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int code =
            execute("run", scenario("passes"), "--port", "kubernetes=" + taken.getLocalPort());
        assertThat(err.toString()).startsWith("ENV_PORT_TAKEN: ").doesNotContain("\tat ");
        assertThat(code).isEqualTo(3);
      }
    }

    @Test
    void endsWithSeventyAndNoStackTraceOnAMistakeOfItsOwn() {
      time =
          new TimeSource() {
            @Override
            public long nanoTime() {
              throw new IllegalStateException("the clock stands");
            }

            @Override
            public Instant instant() {
              return Instant.EPOCH;
            }
          };
      assertThat(execute("run", scenario("passes"))).isEqualTo(70);
      assertThat(err.toString())
          .isEqualTo(
              """
              WORKBENCH_INTERNAL: java.lang.IllegalStateException: the clock stands. \
              This is a mistake of the workbench's own.
              Report it with the output of the same command and --verbose.
              """
                  .replace("\n", System.lineSeparator()));
      assertThat(execute("run", scenario("passes"), "--verbose")).isEqualTo(70);
      assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void endsWith130WhenInterrupted() {
      Thread.currentThread().interrupt();
      assertThat(execute("run", scenario("passes"))).isEqualTo(130);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(err.toString())
          .endsWith("interrupted; everything was stopped" + System.lineSeparator());
    }

    @Test
    void takesTheSeedOfTheCommandLine() {
      assertThat(execute("run", scenario("passes"), "--seed", "99")).isZero();
      assertThat(lines(out)).contains("✓ pass  passes  seed 99");
    }

    @Test
    void writesJsonOneLineForEachRun() {
      assertThat(execute("run", scenario("fails"), scenario("passes"), "--format", "json"))
          .isEqualTo(1);
      assertThat(lines(out)).hasSize(2);
      assertThat(Json.readObject(lines(out).get(0)))
          .containsEntry("scenario", "fails")
          .containsEntry("verdict", "fail")
          .containsEntry("seed", 12L);
    }

    @Test
    void recordsEachRunInAFolderOfItsOwn() {
      Path report = folder.resolve("report");
      assertThat(
              execute("run", scenario("passes"), scenario("passes"), "--report", report.toString()))
          .isZero();
      assertThat(report.resolve("passes/events.jsonl")).isNotEmptyFile();
      assertThat(report.resolve("passes/meta.json")).isNotEmptyFile();
      assertThat(report.resolve("passes-2/events.jsonl")).isNotEmptyFile();
      assertThat(lines(out)).contains("  recording  " + report.resolve("passes-2"));
    }

    @Test
    void endsWithThreeWhenTheRecordingCannotBeWritten() throws IOException {
      Path file = Files.writeString(folder.resolve("file"), "in the way");
      assertThat(execute("run", scenario("passes"), "--report", file.toString())).isEqualTo(3);
      assertThat(err.toString())
          .contains("RECORDING_NOT_WRITTEN: the recording could not be written");
    }
  }

  @Nested
  class Usage {
    @Test
    void isRefusedInThreeParts() {
      assertThat(execute("run", scenario("passes"), "--sed", "1")).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "WORKBENCH_USAGE: unknown option: '--sed'.%nDid you mean '--seed'? See './workbench run --help'.%n"
                  .formatted());
    }

    @Test
    void isRefusedWithoutACommandOrWithAnUnknownOne() {
      assertThat(execute()).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "WORKBENCH_USAGE: no command was given.%nSee './workbench --help'.%n".formatted());
      assertThat(execute("explore", "a.yaml")).isEqualTo(2);
      assertThat(err.toString()).doesNotContain("Did you mean");
      assertThat(execute("run")).isEqualTo(2);
      assertThat(out.toString()).isEmpty();
    }

    @Test
    void isToldWhatAMistypedWordWasMeantToBe() {
      assertThat(execute("kub")).isEqualTo(2);
      assertThat(execute("kube", "--por", "1")).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              """
              WORKBENCH_USAGE: unmatched argument at index 0: 'kub'.
              Did you mean 'kube'? See './workbench --help'.
              WORKBENCH_USAGE: unknown options: '--por', '1'.
              Did you mean '--port'? See './workbench kube --help'.
              """
                  .formatted());
    }

    @Test
    void refusesByNameWhatIsNotBuiltYet() {
      assertThat(execute("run", scenario("passes"), "--format", "junit")).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              """
              WORKBENCH_OPTION_UNSUPPORTED: --format is 'junit'. This version does not do that yet, only [text, json].
              Choose another value, or leave the option out.
              """
                  .replace("\n", System.lineSeparator()));
      assertThat(execute("run", scenario("passes"), "--backend", "moon")).isEqualTo(2);
      assertThat(err.toString()).contains("--backend is 'moon'. It is one of [embedded].");
    }

    @Test
    void refusesPortsThatMakeNoSense() {
      assertThat(execute("run", scenario("passes"), "--port", "postgresql=5432")).isEqualTo(2);
      assertThat(err.toString())
          .startsWith(
              "WORKBENCH_SERVICE_UNKNOWN: --port names the service 'postgresql'. There is [kubernetes,"
                  + " postgres, redis].");
      assertThat(execute("run", scenario("passes"), "--port", "redis=70000")).isEqualTo(2);
      assertThat(err.toString())
          .contains("WORKBENCH_PORT_INVALID: --port gives redis the port 70000.");
      assertThat(execute("run", scenario("passes"), "--port", "redis")).isEqualTo(2);
    }

    @Test
    void isExplainedWithTheExitCodes() {
      assertThat(execute("--help")).isZero();
      assertThat(out.toString())
          .contains("run", "lint", "version", "Exit codes:", "130", "interrupted")
          .doesNotContain("explore");
      assertThat(execute("run", "--help")).isZero();
      assertThat(out.toString()).contains("--report", "--port");
    }
  }

  @Nested
  class Lint {
    @Test
    void endsWithZeroWhenThereAreNoMistakes() {
      assertThat(execute("lint", scenario("passes"))).isZero();
      assertThat(lines(out)).containsExactly(scenario("passes") + ": no mistakes");
    }

    @Test
    void endsWithTwoAndTellsAllMistakes() throws IOException {
      Path wrong =
          Files.writeString(
              folder.resolve("wrong.yaml"),
              Files.readString(Path.of(scenario("passes")))
                  .replace("seed:", "sede:")
                  .replace("rollbacks:", "rolbacks:"));
      assertThat(execute("lint", wrong.toString(), scenario("passes"))).isEqualTo(2);
      assertThat(lines(err)).hasSize(4);
      assertThat(err.toString()).contains("wrong.yaml:5 has the key 'sede'", "'rollbacks'?");
      assertThat(lines(out)).hasSize(1);
    }

    @Test
    void readsTheScenariosOfAFolderAndLeavesOtherYamlOut() {
      String scenarios = Path.of(scenario("passes")).getParent().toString();
      assertThat(execute("lint", scenarios)).isZero();
      assertThat(lines(out)).hasSize(3).noneSatisfy(line -> assertThat(line).contains("other"));
    }

    @Test
    void refusesAFolderWithoutScenarios() {
      assertThat(execute("lint", folder.toString())).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("WORKBENCH_NO_SCENARIO: the folder %s holds no scenario.".formatted(folder));
    }
  }

  @Test
  void versionNamesTheWorkbenchAndJava() {
    assertThat(execute("version")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "workbench development, Java %s%n".formatted(System.getProperty("java.version")));
  }

  private int execute(String... args) {
    return Workbench.execute(
        new Terminal(new PrintWriter(out), new PrintWriter(err)),
        Runner.create(time, Randomness.seeded(1)),
        time,
        args);
  }

  private static String scenario(String name) {
    try {
      return Path.of(
              CommandLineTest.class.getResource("/scenarios/%s.yaml".formatted(name)).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(StringWriter text) {
    return text.toString().lines().toList();
  }
}
