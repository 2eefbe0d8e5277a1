package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellTest {
  @Test
  void givesBackStatusAndBothStreams() throws Exception {
    Shell.Result result = Shell.run(List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 3"));

    assertThat(result).isEqualTo(new Shell.Result(3, "out\nerr"));
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void passesNothingOfOurEnvironmentButThePath() throws Exception {
    Shell.Result result = Shell.run(List.of("/bin/sh", "-c", "env | cut -d= -f1 | sort"));

    assertThat(result.output().lines()).contains("LC_ALL", "PATH").doesNotContain("HOME", "USER");
  }

  @Test
  void reportsAProgramThatIsNotThere() throws Exception {
    Shell.Result result = Shell.run(List.of("/no/such/program"));

    assertThat(result.status()).isEqualTo(-1);
    assertThat(result.output()).contains("/no/such/program");
  }

  @Test
  void endsACommandThatHangsWithItsOutputOpen() throws Exception {
    Shell.Result result =
        Shell.run(List.of("/bin/sh", "-c", "echo begun; sleep 600"), Duration.ofMillis(300));

    assertThat(result).isEqualTo(new Shell.Result(-1, "begun"));
  }
}
