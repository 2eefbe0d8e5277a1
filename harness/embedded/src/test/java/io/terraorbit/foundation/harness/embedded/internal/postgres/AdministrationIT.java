package io.terraorbit.foundation.harness.embedded.internal.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import org.junit.jupiter.api.Test;

class AdministrationIT {
  @Test
  void saysWhatCouldNotBeDoneWhenTheServerIsGone() {
    try (Administration administration =
        new Administration("jdbc:postgresql://127.0.0.1:1/postgres", "postgres", "x")) {
      assertThatThrownBy(() -> administration.execute("DROP DATABASE a"))
          .isInstanceOf(AppException.class)
          .hasMessageStartingWith(
              "ENV_POSTGRES_REFUSED: PostgreSQL refused 'DROP DATABASE a': Connection to"
                  + " 127.0.0.1:1 refused.")
          .hasMessageEndingWith("Look at the end of the server's log.");
    }
  }
}
