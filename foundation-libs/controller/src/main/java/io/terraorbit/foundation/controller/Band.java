package io.terraorbit.foundation.controller;

import org.apiguardian.api.API;

/**
 * How soon a key is looked at among the keys that are ready. Within a band keys are served in the
 * order in which they became ready; {@link WorkQueue.Builder#starvationBound(int)} keeps the lower
 * bands alive.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Band {
  URGENT,
  NORMAL,
  BACKGROUND;

  /** The more urgent of the two. */
  Band atLeast(Band other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
