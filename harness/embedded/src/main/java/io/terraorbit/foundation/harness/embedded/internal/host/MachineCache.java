package io.terraorbit.foundation.harness.embedded.internal.host;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories that are made once per machine and then only read. Safe for many threads and many
 * JVMs.
 *
 * <p>A directory is filled under another name and appears by one atomic rename, so it is complete
 * or absent. Two that fill the same one at once both succeed: the second throws its own away. What
 * a killed JVM left half filled is swept away later.
 */
public final class MachineCache {
  private static final String COMPLETE = ".complete";
  private static final String PARTIAL = ".partial-";
  private static final Duration PARTIAL_KEPT = Duration.ofMinutes(10);

  private final Path root;
  private final TimeSource time;

  public MachineCache(Path root, TimeSource time) {
    this.root = root;
    this.time = time;
  }

  /** Fills a new directory. */
  public interface Filler {
    /** Writes into the directory, which exists and is empty. */
    void fill(Path directory) throws IOException, InterruptedException;
  }

  /**
   * The complete directory of this name.
   *
   * @throws AppException {@code ENV_CACHE_UNUSABLE} if it cannot be made
   */
  public Path get(String name, Filler filler) throws InterruptedException {
    Path directory = root.resolve(name);
    if (Files.exists(directory.resolve(COMPLETE))) {
      return directory;
    }
    try {
      Files.createDirectories(root);
      sweep();
      return make(directory, filler);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private Path make(Path directory, Filler filler) throws IOException, InterruptedException {
    String prefix = directory.getFileName() + PARTIAL + ProcessHandle.current().pid() + "-";
    Path partial = Files.createTempDirectory(root, prefix);
    try {
      filler.fill(partial);
      Files.createFile(partial.resolve(COMPLETE));
      publish(partial, directory);
      return directory;
    } finally {
      FileTree.delete(partial);
    }
  }

  private static void publish(Path partial, Path directory) throws IOException {
    if (Files.isDirectory(directory) && !Files.exists(directory.resolve(COMPLETE))) {
      FileTree.delete(directory); // somebody's clean-up has eaten a part of it
    }
    try {
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(directory.resolve(COMPLETE))) {
        throw e;
      }
    }
  }

  private void sweep() throws IOException {
    List<Path> partials;
    try (Stream<Path> entries = Files.list(root)) {
      partials = entries.filter(entry -> entry.toString().contains(PARTIAL)).toList();
    }
    for (Path partial : partials) {
      if (isAbandoned(partial)) {
        FileTree.delete(partial);
      }
    }
  }

  private boolean isAbandoned(Path partial) throws IOException {
    String name = partial.toString();
    String pid = name.substring(name.lastIndexOf(PARTIAL) + PARTIAL.length()).split("-", 2)[0];
    boolean alive = pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    return !alive
        && Files.getLastModifiedTime(partial)
            .toInstant()
            .isBefore(time.instant().minus(PARTIAL_KEPT));
  }

  private static AppException unusable(Path directory, IOException cause) {
    return new AppException(
        new AppError(
            ErrorKind.UNAVAILABLE,
            "ENV_CACHE_UNUSABLE",
            "the cache directory '%s' cannot be made: %s".formatted(directory, cause),
            "Server binaries are unpacked there once, about 100 MB",
            "Free some room, mend the permissions, or set XDG_CACHE_HOME to another directory."),
        cause);
  }
}
