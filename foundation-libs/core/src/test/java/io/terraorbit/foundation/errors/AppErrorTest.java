package io.terraorbit.foundation.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AppErrorTest {
  @Test
  void tellsWhatWasFoundWhatWasExpectedAndWhatToDo() {
    AppException exception =
        AppException.of(
            ErrorKind.NOT_FOUND,
            "CHAOS_LINK_UNKNOWN",
            "pg.yaml:17 targets link 'orders-db'",
            "This environment has only [orders, payments]",
            "Correct the field 'target'.");

    assertThat(exception)
        .hasMessage(
            "CHAOS_LINK_UNKNOWN: pg.yaml:17 targets link 'orders-db'. This environment has only"
                + " [orders, payments]."
                + System.lineSeparator()
                + "Correct the field 'target'.");
    assertThat(exception.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(exception.code()).isEqualTo("CHAOS_LINK_UNKNOWN");
  }

  @Test
  void leavesOutAnExpectationThatIsNotThere() {
    AppError error = new AppError(ErrorKind.INTERNAL, "A_B", "Who knows?", "", "Ask.");

    assertThat(error.message()).isEqualTo("A_B: Who knows?" + System.lineSeparator() + "Ask.");
  }

  @Test
  void addsNoSecondFullStop() {
    AppError error = new AppError(ErrorKind.INTERNAL, "A_B", "Done.", "Never!", "Ask.");

    assertThat(error.message()).startsWith("A_B: Done. Never!" + System.lineSeparator());
  }

  @Test
  void keepsTheCause() {
    IllegalStateException cause = new IllegalStateException("disk");

    AppException exception =
        new AppException(new AppError(ErrorKind.INTERNAL, "A_B", "x", "y", "z"), cause);

    assertThat(exception).hasCause(cause);
    assertThat(exception.error().found()).isEqualTo("x");
  }

  @Test
  void refusesACodeThatIsNotUpperCaseWords() {
    assertThatThrownBy(() -> new AppError(ErrorKind.INTERNAL, "oops", "x", "y", "z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an error code is upper case words joined by underscores, got 'oops'");
  }
}
