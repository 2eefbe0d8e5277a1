package io.terraorbit.foundation.harness.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StartingTest {
  @Test
  void tellsOfAnInterruptAndKeepsIt() {
    assertThatThrownBy(
            () ->
                Starting.of(
                    Service.REDIS,
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_START_INTERRUPTED: the start of the service 'redis' was interrupted.%nStart it"
                    .formatted()
                + " again if it is still wanted.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void tellsOfAFailureAndKeepsItsCause() {
    IOException cause = new IOException("disk full");
    assertThatThrownBy(
            () ->
                Starting.of(
                    Service.POSTGRES,
                    () -> {
                      throw cause;
                    }))
        .isInstanceOf(AppException.class)
        .hasCause(cause)
        .hasMessage(
            "ENV_START_FAILED: the service 'postgres' cannot be started: disk full.%nMend what"
                    .formatted()
                + " that names, or choose the backend 'containers' or 'external'.");
  }
}
