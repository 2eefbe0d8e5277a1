package io.terraorbit.foundation.harness.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog, with shell scripts for servers. */
@Timeout(60)
class ServerProcessIT {
  @TempDir Path temporary;

  @Test
  void stopsTheServerAndRemovesItsDirectory() throws Exception {
    ServerProcess process = launch("echo up; exec sleep 600");
    awaitLog(process, "up");

    process.close();

    assertThat(process.awaitExit(0)).isTrue();
    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void killsAServerThatIgnoresItsStopSignal() throws Exception {
    ServerProcess process = launch("trap '' TERM; echo $$; while :; do sleep 600 & wait $!; done");
    long pid = Long.parseLong(awaitLog(process, ""));

    process.close();

    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void keepsTheLastWordsOfAServerThatEndsByItself() throws Exception {
    ServerProcess process = launch("echo goodbye; echo cruel world >&2; exit 5");

    assertThat(process.awaitExit(30_000)).isTrue();
    assertThat(process.lastWords()).isEqualTo("goodbye\ncruel world");
    assertThat(process.directory()).doesNotExist();
    assertThat(process.logTail(5)).isEmpty();
  }

  @Test
  void mayBeClosedTwiceAndAfterTheServersEnd() throws Exception {
    ServerProcess process = launch("exit 0");
    assertThat(process.awaitExit(30_000)).isTrue();

    process.close();
    process.close();

    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void copiesTheTemplateBeforeTheStart() throws Exception {
    Path template = Files.createDirectory(temporary.resolve("template"));
    Files.writeString(template.resolve("file"), "from the template");
    try (ServerProcess process =
        ServerProcess.launch(
            command(Optional.of(template), "cat \"$0\"/data/file; exec sleep 600"))) {
      assertThat(awaitLog(process, "template")).isEqualTo("from the template");
    }
    assertThat(template.resolve("file")).hasContent("from the template");
  }

  @Test
  void endsWhenTheTemplateCannotBeCopied() throws Exception {
    ServerProcess process =
        ServerProcess.launch(command(Optional.of(temporary.resolve("missing")), "exec sleep 600"));

    assertThat(process.awaitExit(30_000)).isTrue();
    assertThat(process.lastWords()).contains("missing");
    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void refusesToShareADirectory() throws Exception {
    Files.createDirectory(temporary.resolve("server"));
    ServerProcess process = launch("exec sleep 600");

    assertThat(process.awaitExit(30_000)).isTrue();
    assertThat(process.lastWords()).contains("File exists");
    assertThat(temporary.resolve("server")).exists();
  }

  @Test
  void stopsTheServerForAnInterruptedThread() throws Exception {
    ServerProcess process = launch("echo up; exec sleep 600");
    awaitLog(process, "up");

    Thread.currentThread().interrupt();
    process.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(process.awaitExit(30_000)).isTrue();
    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void outlivesTheSignalsOfATerminal() throws Exception {
    ServerProcess process = launch("echo up; exec sleep 600");
    awaitLog(process, "up");

    for (String signal : List.of("INT", "TERM", "HUP")) {
      signal(signal, watchdog());
    }

    assertThat(process.awaitExit(200)).isFalse();
    process.close();
    assertThat(process.awaitExit(0)).isTrue();
  }

  @Test
  void doesWithoutAWatchdogThatHangs() throws Exception {
    ServerProcess process = launch("echo up; exec sleep 600");
    awaitLog(process, "up");
    ProcessHandle watchdog = watchdog();
    List<ProcessHandle> all = Stream.concat(Stream.of(watchdog), watchdog.descendants()).toList();
    for (ProcessHandle one : all) {
      signal("STOP", one);
    }

    process.close();

    assertThat(process.directory()).doesNotExist();
    for (ProcessHandle one : all) {
      assertThat(one.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void saysWhenNoProcessCanBeStarted() {
    ServerCommand command =
        new ServerCommand(
            Service.REDIS,
            temporary.resolve("server"),
            "TERM",
            Optional.empty(),
            List.of(),
            List.of("nul\0byte"));

    assertThatThrownBy(() -> ServerProcess.launch(command))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_PROCESS_FAILED: the process of the service 'redis' cannot be started: invalid"
                + " null character in command. It needs /bin/sh and room for one more process.%n"
                    .formatted()
                + "Mend that, or choose the backend 'containers' or 'external'.");
  }

  private ServerProcess launch(String script) {
    return ServerProcess.launch(command(Optional.empty(), script));
  }

  private ServerCommand command(Optional<Path> template, String script) {
    Path directory = temporary.resolve("server");
    return new ServerCommand(
        Service.REDIS,
        directory,
        "TERM",
        template,
        List.of(),
        List.of("/bin/sh", "-c", script, directory.toString()));
  }

  private static ProcessHandle watchdog() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("foundation-watchdog"))
        .findFirst()
        .orElseThrow();
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start().waitFor();
  }

  private static String awaitLog(ServerProcess process, String word) throws Exception {
    for (int i = 0; i < 3_000; i++) {
      List<String> lines = process.logTail(1);
      if (!lines.isEmpty() && lines.get(0).contains(word)) {
        return lines.get(0);
      }
      assertThat(process.awaitExit(10)).isFalse();
    }
    throw new AssertionError("no line with '%s' in the log".formatted(word));
  }
}
