package io.terraorbit.foundation.harness.embedded.internal.process;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.embedded.internal.host.FileTree;
import io.terraorbit.foundation.harness.embedded.internal.host.Shell;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server and the watchdog that runs it. Safe for many threads.
 *
 * <p>The watchdog is a shell in a session of its own, so that neither Ctrl-C nor a kill of the
 * JVM's process group takes it along. We hold the write end of its standard input and nobody else
 * does: Java closes it in every other child. See {@code watchdog.sh} for the rest.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  private static final long STOP_SECONDS = 4;
  private static final String SCRIPT = script();

  private final Service service;
  private final Path directory;
  private final Process watchdog;

  private ServerProcess(Service service, Path directory, Process watchdog) {
    this.service = service;
    this.directory = directory;
    this.watchdog = watchdog;
  }

  /** Starts without waiting for anything. */
  public static ServerProcess launch(ServerCommand command) {
    List<String> line = new ArrayList<>();
    if (onPath("setsid")) {
      line.add("setsid");
    }
    line.addAll(command.prefix());
    line.addAll(List.of("/bin/sh", "-c", SCRIPT, "foundation-watchdog"));
    line.add(command.directory().toString());
    line.add(command.stopSignal());
    line.add(command.template().map(Path::toString).orElse(""));
    line.addAll(command.line());
    try {
      return new ServerProcess(command.service(), command.directory(), Shell.prepare(line).start());
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "ENV_PROCESS_FAILED",
              "the process of the service '%s' cannot be started: %s"
                  .formatted(command.service().key(), e.getMessage()),
              "It needs /bin/sh and room for one more process",
              "Mend that, or choose the backend 'containers' or 'external'."),
          e);
    }
  }

  /** The server's own directory. */
  public Path directory() {
    return directory;
  }

  /** Waits for the server to end. */
  public boolean awaitExit(long millis) throws InterruptedException {
    return watchdog.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** The end of the log of a server that has ended. */
  public String lastWords() {
    try (InputStream output = watchdog.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(its log cannot be read: %s)".formatted(e.getMessage());
    }
  }

  /** The last lines of the log, oldest first; none once the server has ended. */
  public List<String> logTail(int lines) {
    return LogFile.tail(directory.resolve("log"), lines);
  }

  /** Stops the server and removes its directory; takes a few milliseconds, and 5 s at most. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      watchdog.getOutputStream().close();
      if (!watchdog.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.atWarn().addKeyValue("service", service.key()).log("server does not stop, killing it");
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      interrupted = true; // the end of input does its work without us
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void kill() {
    watchdog.descendants().forEach(ProcessHandle::destroyForcibly);
    watchdog.destroyForcibly();
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      log.atWarn().addKeyValue("directory", directory).setCause(e).log("directory stays behind");
    }
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  private static String script() {
    try (InputStream in = ServerProcess.class.getResourceAsStream("watchdog.sh")) {
      if (in == null) {
        throw new IllegalStateException("watchdog.sh is missing from our own jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
