package io.terraorbit.foundation.harness.embedded.internal.process;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Gets a server to run on a port. Immutable.
 *
 * <p>The servers cannot tell us a port that they chose, so we choose one and may lose it to another
 * process before the server has it; then the next one is tried. Readiness is asked of something
 * that only our own server has, so another process on the port is never taken for it.
 *
 * @param scratch gets the server's directory
 * @param options the port, if it is fixed, and the clock
 */
public record ServerStart(Service service, Path scratch, BackendOptions options) {
  private static final int ATTEMPTS = 8;
  private static final long POLL_MILLIS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How one kind of server is started. */
  public interface Recipe {
    /** The command that serves on the port and keeps its files in the directory. */
    ServerCommand command(Path directory, int port);

    /** Whether the server in the directory answers on the port; quick, and throws nothing. */
    boolean isReady(Path directory, int port);
  }

  /** A server that answers. */
  public record Running(ServerProcess process, int port) {}

  /**
   * Starts and waits.
   *
   * @throws AppException {@code ENV_PORT_TAKEN}, {@code ENV_SERVER_FAILED} or {@code
   *     ENV_SERVER_SLOW}; nothing is left running then
   */
  public Running run(Recipe recipe) throws InterruptedException {
    options.port().ifPresent(this::requireFree);
    String lastWords = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = options.port().orElseGet(Ports::free);
      Path directory =
          scratch.resolve(
              "foundation-%s-%d-%d".formatted(service.key(), ProcessHandle.current().pid(), port));
      ServerProcess process = ServerProcess.launch(recipe.command(directory, port));
      Optional<String> failure = awaitReady(process, recipe, port);
      if (failure.isEmpty()) {
        return new Running(process, port);
      }
      lastWords = failure.get();
      if (!lastWords.contains("Address already in use")) {
        break;
      }
      options.port().ifPresent(this::refuse);
    }
    throw failed(lastWords);
  }

  private Optional<String> awaitReady(ServerProcess process, Recipe recipe, int port)
      throws InterruptedException {
    long begun = options.time().nanoTime();
    boolean ready = false;
    try {
      while (options.time().since(begun).compareTo(LIMIT) < 0) {
        if (process.awaitExit(POLL_MILLIS)) {
          return Optional.of(process.lastWords());
        }
        if (recipe.isReady(process.directory(), port)) {
          ready = true;
          return Optional.empty();
        }
      }
      throw slow(String.join("\n", process.logTail(20)));
    } finally {
      if (!ready) {
        process.close();
      }
    }
  }

  private void requireFree(int port) {
    if (!Ports.isFree(port)) {
      refuse(port);
    }
  }

  private void refuse(int port) {
    throw Ports.taken(service, port);
  }

  private AppException failed(String lastWords) {
    return AppException.of(
        ErrorKind.UNAVAILABLE,
        "ENV_SERVER_FAILED",
        "the server of the service '%s' ended while it started".formatted(service.key()),
        "Its last words were: %s".formatted(lastWords.isEmpty() ? "(none)" : lastWords),
        "Mend what they name, or choose the backend 'containers' or 'external'.");
  }

  private AppException slow(String logTail) {
    return AppException.of(
        ErrorKind.DEADLINE_EXCEEDED,
        "ENV_SERVER_SLOW",
        "the server of the service '%s' does not answer %d s after its start"
            .formatted(service.key(), LIMIT.toSeconds()),
        "Its log ends with: %s".formatted(logTail.isEmpty() ? "(nothing)" : logTail),
        "Mend what it names, or try again on a machine that is less busy.");
  }
}
