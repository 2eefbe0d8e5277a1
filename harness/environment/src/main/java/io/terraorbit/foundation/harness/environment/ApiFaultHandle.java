package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** A fault that was armed. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ApiFaultHandle {
  /** How many requests it has acted on so far. */
  long hits();

  /** What became of it so far. */
  ApiFaultReport report();

  /** Ends the fault: what it holds back is let go. Idempotent. */
  void heal();
}
