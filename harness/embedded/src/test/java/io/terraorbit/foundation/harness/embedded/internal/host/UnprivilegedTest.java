package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terraorbit.foundation.errors.AppException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnprivilegedTest {
  @TempDir Path temporary;

  @Test
  void runsCommandsAsSomebodyOtherThanRoot() throws Exception {
    Unprivileged unprivileged = Unprivileged.find();

    Shell.Result result = Shell.run(unprivileged.wrap(List.of("id", "-u")));

    assertThat(result.succeeded()).isTrue();
    assertThat(result.output()).matches("[1-9][0-9]*");
  }

  @Test
  void takesTheFirstWayThatWorks() throws Exception {
    // As any user, a shell function stands in for a program that changes it.
    List<String> fails = List.of("/bin/sh", "-c", "exit 1");
    List<String> stillRoot = List.of("/bin/sh", "-c", "echo 0");
    List<String> works = List.of("/bin/sh", "-c", "echo 4711");

    Unprivileged found = Unprivileged.becomeNobody(List.of(fails, stillRoot, works));

    assertThat(found).isEqualTo(new Unprivileged(works, OptionalInt.of(4711)));
  }

  @Test
  void saysWhatToDoWhenRootCannotShedItsRights() {
    assertThatThrownBy(() -> Unprivileged.becomeNobody(List.of()))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_ROOT_REFUSED: this JVM runs as root, and none of unshare, setpriv, runuser and"
                + " su sheds root's rights. PostgreSQL refuses to run as root.%nRun as another"
                    .formatted()
                + " user, install util-linux, or choose the backend 'containers' or 'external'.");
  }

  @Test
  void givesFilesToWhoeverTheCommandRunsAs() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Path file = Files.createFile(temporary.resolve("file"));

    new Unprivileged(List.of(), OptionalInt.of(65534)).own(file);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(65534);
  }

  @Test
  void leavesFilesWithUsWhenTheCommandRunsAsOurselves() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    Object before = Files.getAttribute(file, "unix:uid");

    new Unprivileged(List.of(), OptionalInt.empty()).own(file);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(before);
  }
}
