package io.terraorbit.foundation.controller;

import java.time.Duration;
import org.apiguardian.api.API;

/** How a {@link WorkQueue} ends. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Shutdown {
  /** Drops all that waits and returns at once; open claims may still be completed. */
  record Now() implements Shutdown {}

  /**
   * Drops what is delayed, hands out what is ready, and waits until no claim is open.
   *
   * @param max longest wait; when it is over the rest is dropped as {@link Now} does
   */
  record Drain(Duration max) implements Shutdown {
    public Drain {
      if (max.isNegative()) {
        throw new IllegalArgumentException("drain needs a wait of zero or more, got " + max);
      }
    }
  }

  static Shutdown now() {
    return new Now();
  }

  static Shutdown drain(Duration max) {
    return new Drain(max);
  }
}
