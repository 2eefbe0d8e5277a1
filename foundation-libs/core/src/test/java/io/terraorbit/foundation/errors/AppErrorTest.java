package io.terraorbit.foundation.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  @Test
  void listsTheFieldsThatWereWrong() {
    AppError error =
        new AppError(
                ErrorKind.VALIDATION, "ORDER_INVALID", "2 fields are wrong", "", "Correct them.")
            .withViolations(
                List.of(new FieldViolation("items[0].count", "RANGE", "must be above 0")))
            .withViolations(List.of(new FieldViolation("", "EMPTY", "nothing is ordered")));

    assertThat(error.message().lines())
        .containsExactly(
            "ORDER_INVALID: 2 fields are wrong.",
            "  items[0].count: must be above 0",
            "  nothing is ordered",
            "Correct them.");
    assertThat(error.violations()).hasSize(2);
  }

  @Test
  void keepsEveryDetailBesideAnother() {
    AppError error =
        new AppError(ErrorKind.RATE_LIMITED, "QUOTA_USED_UP", "x", "y", "z")
            .withDomain("orders.example.com")
            .withAttribute("limit", "10")
            .withAttribute("used", "11")
            .withAttribute("limit", "9")
            .withHelp(URI.create("https://example.com/quota"))
            .withRetryAfter(Duration.ofSeconds(3))
            .withViolations(List.of());

    assertThat(error.details())
        .isEqualTo(
            new ErrorDetails(
                "orders.example.com",
                Map.of("limit", "9", "used", "11"),
                List.of(),
                Duration.ofSeconds(3),
                URI.create("https://example.com/quota")));
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(error.details().attributes().keySet()).containsExactly("limit", "used");
  }

  @Test
  void refusesToAskForARetryInThePast() {
    AppError error = new AppError(ErrorKind.UNAVAILABLE, "A_B", "x", "y", "z");

    assertThat(error.retryAfter()).isEmpty();
    assertThatThrownBy(() -> error.withRetryAfter(Duration.ofSeconds(-1)))
        .hasMessage("retryAfter is zero or more, got PT-1S");
  }

  @Test
  void isThrownWithoutAStackWhereThatIsAskedFor() {
    AppError error = new AppError(ErrorKind.NOT_FOUND, "A_B", "x", "y", "z");

    assertThat(AppException.withoutStack(error).getStackTrace()).isEmpty();
    assertThat(AppException.withoutStack(error)).hasMessage(error.message());
    assertThat(new AppException(error).getStackTrace()).isNotEmpty();
  }
}
