package io.terraorbit.foundation.harness.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import io.terraorbit.foundation.time.VirtualTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The choice of a port and the wait, with shell scripts for servers. */
@Timeout(60)
class ServerStartIT {
  private static final String IN_USE = "echo 'bind: Address already in use'; exit 1";
  private static final String SERVES = "echo up; exec sleep 600";

  @TempDir Path scratch;
  private final List<Integer> ports = new ArrayList<>();

  @Test
  void triesAnotherPortWhenTheFirstIsLostToAnotherProcess() throws Exception {
    ServerStart.Running running =
        start(OptionalInt.empty())
            .run(recipe(attempt -> attempt < 3 ? IN_USE : SERVES, ServerStartIT::isUp));

    try (ServerProcess process = running.process()) {
      assertThat(ports).hasSize(3).last().isEqualTo(running.port());
      assertThat(process.directory().getFileName())
          .hasToString(
              "foundation-redis-%d-%d".formatted(ProcessHandle.current().pid(), running.port()));
    }
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void givesUpWhenEveryPortIsLost() throws Exception {
    assertThatThrownBy(
            () ->
                start(OptionalInt.empty())
                    .run(recipe(attempt -> IN_USE, (directory, port) -> false)))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith("ENV_SERVER_FAILED");
    assertThat(ports).hasSize(8);
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void refusesAFixedPortThatIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();
      assertThatThrownBy(
              () -> start(OptionalInt.of(port)).run(recipe(attempt -> SERVES, ServerStartIT::isUp)))
          .isInstanceOf(AppException.class)
          .hasMessage(
              ("ENV_PORT_TAKEN: the port %d, wanted for the service 'redis', is in use. A fixed"
                      + " port must be free on 127.0.0.1.%nStop what listens there, or leave the"
                      + " port out to get a free one.")
                  .formatted(port));
    }
    assertThat(ports).isEmpty();
  }

  @Test
  void refusesAFixedPortThatIsLostInTheLastMoment() throws Exception {
    int port = Ports.free();

    assertThatThrownBy(
            () ->
                start(OptionalInt.of(port))
                    .run(recipe(attempt -> IN_USE, (directory, at) -> false)))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith("ENV_PORT_TAKEN: the port " + port);
    assertThat(ports).containsExactly(port);
  }

  @Test
  void passesOnTheLastWordsOfAServerThatFails() throws Exception {
    assertThatThrownBy(
            () ->
                start(OptionalInt.empty())
                    .run(recipe(attempt -> "echo no licence; exit 1", (directory, port) -> false)))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_SERVER_FAILED: the server of the service 'redis' ended while it started. Its"
                + " last words were: no licence.%nMend what they name, or choose the backend"
                    .formatted()
                + " 'containers' or 'external'.");
    assertThat(ports).hasSize(1);
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void stopsAServerThatNeverAnswers() throws Exception {
    VirtualTime time = new VirtualTime();
    BiPredicate<Path, Integer> neverReady =
        (directory, port) -> {
          if (isUp(directory, port)) {
            time.advance(Duration.ofSeconds(10));
          }
          return false;
        };

    assertThatThrownBy(
            () ->
                new ServerStart(
                        Service.REDIS, scratch, new BackendOptions(OptionalInt.empty(), time))
                    .run(recipe(attempt -> SERVES, neverReady)))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_SERVER_SLOW: the server of the service 'redis' does not answer 60 s after its"
                + " start. Its log ends with: up.%nMend what it names, or try again on a machine"
                    .formatted()
                + " that is less busy.");
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhenItIsInterrupted() throws Exception {
    BiPredicate<Path, Integer> interrupts =
        (directory, port) -> {
          Thread.currentThread().interrupt();
          return false;
        };

    assertThatThrownBy(() -> start(OptionalInt.empty()).run(recipe(attempt -> SERVES, interrupts)))
        .isInstanceOf(InterruptedException.class);
    Thread.interrupted();
    for (int i = 0; i < 3_000 && !leftBehind().isEmpty(); i++) {
      Thread.onSpinWait();
      new ProcessBuilder("true").start().waitFor();
    }
    assertThat(leftBehind()).isEmpty();
  }

  private ServerStart start(OptionalInt port) {
    return new ServerStart(Service.REDIS, scratch, new BackendOptions(port, TimeSource.system()));
  }

  private ServerStart.Recipe recipe(
      java.util.function.IntFunction<String> script, BiPredicate<Path, Integer> ready) {
    return new ServerStart.Recipe() {
      @Override
      public ServerCommand command(Path directory, int port) {
        ports.add(port);
        return new ServerCommand(
            Service.REDIS,
            directory,
            "TERM",
            Optional.empty(),
            List.of(),
            List.of("/bin/sh", "-c", script.apply(ports.size())));
      }

      @Override
      public boolean isReady(Path directory, int port) {
        return ready.test(directory, port);
      }
    };
  }

  private static boolean isUp(Path directory, int port) {
    return LogFile.tail(directory.resolve("log"), 1).contains("up");
  }

  private List<Path> leftBehind() throws Exception {
    try (Stream<Path> entries = Files.list(scratch)) {
      return entries.toList();
    }
  }
}
