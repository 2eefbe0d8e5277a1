package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
  private static final Unprivileged OURSELVES = new Unprivileged(List.of(), OptionalInt.empty());
  private static final Unprivileged NOBODY =
      new Unprivileged(List.of("setpriv"), OptionalInt.of(65534));

  @TempDir Path temporary;

  @Test
  void keepsTheCacheWhereTheXdgSpecificationSays() {
    assertThat(Directories.cache(OURSELVES, "/data/cache", "/users/ann"))
        .hasToString("/data/cache/foundation");
    assertThat(Directories.cache(OURSELVES, null, "/users/ann"))
        .hasToString("/users/ann/.cache/foundation");
    assertThat(Directories.cache(OURSELVES, "relative", "/users/ann"))
        .hasToString("/users/ann/.cache/foundation");
  }

  @Test
  void keepsTheCacheOutOfRootsHomeWhenNobodyMustReadIt() {
    assertThat(Directories.cache(NOBODY, "/superuser/cache", "/superuser"))
        .hasToString("/var/cache/foundation");
  }

  @Test
  void prefersSharedMemoryOnLinuxOnly() {
    assertThat(Directories.ofOurselves(new Platform("Linux", "amd64")).scratch())
        .first()
        .hasToString("/dev/shm");
    assertThat(Directories.ofOurselves(new Platform("Mac OS X", "aarch64")).scratch())
        .containsExactly(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Test
  void choosesTheFirstWritableDirectoryWithRoom() {
    Directories directories =
        new Directories(temporary, List.of(Path.of("/proc"), Path.of("/no/such"), temporary));

    assertThat(directories.roomyScratch(OURSELVES)).isEqualTo(temporary);
  }

  @Test
  void findsADirectoryThatNobodyMayWriteTo() throws Exception {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Directories directories = new Directories(temporary, List.of(temporary, open));

    assertThat(directories.roomyScratch(NOBODY)).isEqualTo(open);
  }

  @Test
  void makesDoWithTheLastOneWhenNoneWillDo() {
    Directories directories =
        new Directories(temporary, List.of(Path.of("/no/such"), Path.of("/nor/this")));

    assertThat(directories.roomyScratch(OURSELVES)).hasToString("/nor/this");
  }

  @Test
  void passesOverADirectoryWithoutRoom() {
    // /proc/self is writable to root only, and its file system has no room at all
    Directories directories = new Directories(temporary, List.of(temporary, Path.of("/proc/self")));

    assertThat(directories.roomyScratch(OURSELVES)).isEqualTo(temporary);
  }
}
