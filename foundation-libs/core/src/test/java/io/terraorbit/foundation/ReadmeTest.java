package io.terraorbit.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.time.Deadline;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void tellsTheTruth() {
    List<String> done = new ArrayList<>();
    assertThatThrownBy(() -> example(done))
        .hasMessageStartingWith("CHAOS_LINK_UNKNOWN: pg.yaml:17");
    assertThat(done).containsExactly("retried", "asked for 300 ms");
  }

  private static void example(List<String> done) {
    // tag::readme[]
    VirtualTime time = new VirtualTime(); // a clock and a scheduler in one
    time.schedule(Duration.ofHours(1), () -> done.add("retried"));
    time.advance(Duration.ofHours(1)); // an hour of back-off in a millisecond

    Deadline deadline = Deadline.after(Duration.ofMillis(300), time);
    deadline.call( // and every client below waits no longer than what is left of it
        () ->
            done.add(
                "asked for " + Deadline.bound(Duration.ofSeconds(5), time).toMillis() + " ms"));

    throw AppException.of(
        ErrorKind.NOT_FOUND,
        "CHAOS_LINK_UNKNOWN", // stable, one per way to fail
        "pg.yaml:17 targets link 'orders-db'", // what was found, in the user's own names
        "This environment has only [orders, payments]", // what is known
        "Correct the field 'target'."); // what to do
    // end::readme[]
  }
}
