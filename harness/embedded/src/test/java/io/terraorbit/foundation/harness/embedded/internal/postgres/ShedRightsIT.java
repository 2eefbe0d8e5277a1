package io.terraorbit.foundation.harness.embedded.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.FileTree;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to run PostgreSQL for root, on a machine where they exist. */
@Timeout(180)
class ShedRightsIT {
  private static Path open;

  @BeforeAll
  static void makeADirectoryThatNobodyCanUse() throws Exception {
    open = Files.createTempDirectory(Path.of("/tmp"), "foundation-shed-rights-");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterAll
  static void removeIt() throws Exception {
    FileTree.delete(open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"setpriv", "runuser", "su"})
  void runsPostgresForRoot(String program) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root sheds rights");
    Unprivileged unprivileged = unprivilegedBy(program);
    assertThat(unprivileged.owner()).isPresent();

    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            Platform.current(),
            new Directories(open.resolve("cache"), List.of(open)),
            unprivileged,
            new SecureRandom(),
            new BackendOptions(OptionalInt.empty(), TimeSource.system()))) {
      postgres.dropDatabase(postgres.createDatabase("nobody"));
    }

    try (Stream<Path> left = Files.list(open)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("cache");
    }
  }

  private static Unprivileged unprivilegedBy(String program) throws InterruptedException {
    try {
      return Unprivileged.becomeNobodyBy(program);
    } catch (AppException e) {
      assumeTrue(false, program + " does not work here");
      throw e;
    }
  }
}
