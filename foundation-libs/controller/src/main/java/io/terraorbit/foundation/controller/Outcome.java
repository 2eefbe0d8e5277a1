package io.terraorbit.foundation.controller;

import java.time.Duration;
import org.apiguardian.api.API;

/** How the work on a {@link Claim} ended, and so what becomes of its key. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Outcome {
  /** Succeeded: failures and any pending retry are forgotten. */
  record Done() implements Outcome {}

  /** Succeeded, but look again: as {@link Done}, and a reminder is set. */
  record Again(Duration after, Band band) implements Outcome {
    public Again {
      if (after.isNegative()) {
        throw new IllegalArgumentException("again needs a wait of zero or more, got " + after);
      }
    }
  }

  /** Failed: comes back after the back-off. */
  record Failed(Throwable cause) implements Outcome {}

  /** Failed, and trying again is pointless: waits for the next event; failures are forgotten. */
  record Fatal(Throwable cause) implements Outcome {}

  static Outcome done() {
    return new Done();
  }

  /** As {@link Again} in the band {@link Band#NORMAL}. */
  static Outcome again(Duration after) {
    return new Again(after, Band.NORMAL);
  }

  static Outcome failed(Throwable cause) {
    return new Failed(cause);
  }

  static Outcome fatal(Throwable cause) {
    return new Fatal(cause);
  }
}
