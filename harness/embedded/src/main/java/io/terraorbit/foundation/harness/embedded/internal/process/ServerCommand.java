package io.terraorbit.foundation.harness.embedded.internal.process;

import io.terraorbit.foundation.harness.environment.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server's process is made of. Immutable.
 *
 * @param directory the server's own; made by its watchdog, and removed by it
 * @param stopSignal makes the server stop at once, such as {@code QUIT}
 * @param template is copied to {@code data} in the directory before the start
 * @param prefix goes before everything, to shed rights
 * @param line the server's command line
 */
public record ServerCommand(
    Service service,
    Path directory,
    String stopSignal,
    Optional<Path> template,
    List<String> prefix,
    List<String> line) {
  public ServerCommand {
    prefix = List.copyOf(prefix);
    line = List.copyOf(line);
  }
}
