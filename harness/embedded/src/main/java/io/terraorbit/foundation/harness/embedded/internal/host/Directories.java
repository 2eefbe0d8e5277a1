package io.terraorbit.foundation.harness.embedded.internal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where things are kept. Immutable.
 *
 * @param cache survives us: unpacked binaries and the empty cluster
 * @param scratch where running servers have their directories, fastest first
 */
public record Directories(Path cache, List<Path> scratch) {
  /** Below this much room a file system is no place for a data directory. */
  private static final long ROOM = 512L << 20;

  public Directories {
    scratch = List.copyOf(scratch);
  }

  /** Where this machine keeps such things. */
  public static Directories of(Platform platform, Unprivileged unprivileged) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    List<Path> scratch =
        platform.linux()
            ? List.of(Path.of("/dev/shm"), temporary, Path.of("/tmp"))
            : List.of(temporary);
    return new Directories(
        cache(unprivileged, System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", "/")),
        scratch);
  }

  /** The same for a server that runs with our own rights. */
  public static Directories ofOurselves(Platform platform) {
    return of(platform, new Unprivileged(List.of(), OptionalInt.empty()));
  }

  static Path cache(Unprivileged unprivileged, @Nullable String xdgCacheHome, String home) {
    if (unprivileged.owner().isPresent()) {
      return Path.of("/var/cache/foundation"); // nobody cannot look into the home of root
    }
    boolean set = xdgCacheHome != null && xdgCacheHome.startsWith("/");
    return (set ? Path.of(xdgCacheHome) : Path.of(home, ".cache")).resolve("foundation");
  }

  /** The first directory with room that a command behind the prefix may write to. */
  public Path roomyScratch(Unprivileged unprivileged) {
    List<Path> writable =
        scratch.stream().filter(candidate -> isWritable(candidate, unprivileged)).toList();
    return writable.stream()
        .filter(Directories::hasRoom)
        .findFirst()
        .or(() -> writable.stream().reduce((first, second) -> second))
        .orElse(scratch.get(scratch.size() - 1));
  }

  private static boolean isWritable(Path candidate, Unprivileged unprivileged) {
    try {
      return Files.isDirectory(candidate)
          && (unprivileged.owner().isPresent()
              ? Files.getPosixFilePermissions(candidate).contains(PosixFilePermission.OTHERS_WRITE)
              : Files.isWritable(candidate));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasRoom(Path candidate) {
    try {
      return Files.getFileStore(candidate).getUsableSpace() >= ROOM;
    } catch (IOException e) {
      return false;
    }
  }
}
