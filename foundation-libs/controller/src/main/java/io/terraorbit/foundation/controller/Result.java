package io.terraorbit.foundation.controller;

import java.time.Duration;
import org.apiguardian.api.API;

/** How a reconcile ended well; a failure is an exception. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Result {
  /** Nothing more to do until something changes. */
  record Done() implements Result {}

  /** Nothing more to do now, but look again. */
  record Again(Duration after) implements Result {
    public Again {
      if (after.isNegative()) {
        throw new IllegalArgumentException("again needs a wait of zero or more, got " + after);
      }
    }
  }

  static Result done() {
    return new Done();
  }

  static Result again(Duration after) {
    return new Again(after);
  }
}
