package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tries again until something is so, or a time is over. Tries at once when the history grows, since
 * then something may have changed.
 */
record Patience(RunHistory history, TimeSource time) {
  /** How long it waits for the history to grow. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** The least pause between two tries, which a busy history would otherwise do away with. */
  private static final Duration BREATHE = Duration.ofMillis(5);

  /** What came of a try. */
  interface Outcome {
    boolean enough();
  }

  /** The first outcome that is enough, or else the last. */
  <T extends Outcome> T retry(Duration atMost, Supplier<T> attempt) throws InterruptedException {
    long begun = time.nanoTime();
    while (true) {
      int seen = history.size();
      T outcome = attempt.get();
      Duration left = atMost.minus(time.since(begun));
      if (outcome.enough() || left.isNegative() || left.isZero()) {
        return outcome;
      }
      RunHistory.pause(shorter(left, BREATHE));
      history.awaitMore(seen, shorter(left, LOOK_AGAIN));
    }
  }

  /** Whether something became so in time. */
  boolean until(Duration atMost, Supplier<Boolean> question) throws InterruptedException {
    return retry(atMost, () -> new Answer(question.get())).enough();
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }

  private record Answer(boolean enough) implements Outcome {}
}
