package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig file that is there for as long as this process, however that ends.
 *
 * <p>A shell waits at a pipe for our last word. If the pipe ends without one, as after {@code kill
 * -9}, the shell removes the file. It ignores what a terminal sends to all its processes.
 */
final class KubeconfigFile implements AutoCloseable {
  private static final String WATCHDOG =
      "trap '' INT TERM HUP; read -r word && [ \"$word\" = done ] && exit;"
          + " rm -f -- \"$1\"; [ -z \"$2\" ] || rmdir -- \"$2\"";
  private static final int SHELL_SECONDS = 1;

  private final Path path;
  private final Optional<Path> directory;
  private final Process watchdog;

  private KubeconfigFile(Path path, Optional<Path> directory, Process watchdog) {
    this.path = path;
    this.directory = directory;
    this.watchdog = watchdog;
  }

  /**
   * Claims a path that nothing is at yet.
   *
   * @param wanted null for one in a folder of its own, which goes with it
   */
  static KubeconfigFile claim(@Nullable Path wanted) {
    if (wanted != null && Files.exists(wanted, LinkOption.NOFOLLOW_LINKS)) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "KUBECONFIG_EXISTS",
          "--kubeconfig names '%s', which is there already".formatted(wanted),
          "The file is made for this server and removed with it, so it must be a new one",
          "Choose another path, or remove the file.");
    }
    try {
      if (wanted != null) {
        Path path = wanted.toAbsolutePath();
        return new KubeconfigFile(path, Optional.empty(), watch(path, ""));
      }
      Path directory = Files.createTempDirectory("foundation-kube-");
      Path path = directory.resolve("kubeconfig");
      return new KubeconfigFile(path, Optional.of(directory), watch(path, directory.toString()));
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "KUBECONFIG_UNGUARDED",
              "nothing can watch over the kubeconfig file: %s".formatted(e.getMessage()),
              "A temporary folder and /bin/sh are expected",
              "See that both are there."),
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      if (directory.isPresent()) {
        Files.deleteIfExists(directory.get());
      }
      try (OutputStream word = watchdog.getOutputStream()) {
        word.write("done\n".getBytes(StandardCharsets.US_ASCII));
      }
      watchdog.waitFor(SHELL_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      watchdog.destroyForcibly(); // what it was for is done, or cannot be done
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process watch(Path path, String directory) throws IOException {
    return new ProcessBuilder(
            "/bin/sh", "-c", WATCHDOG, "kubeconfig-watchdog", path.toString(), directory)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
