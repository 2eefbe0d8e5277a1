package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;

/** A watch that runs on a thread of its own. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Watch extends AutoCloseable {
  /** Whether events may still come. */
  boolean open();

  /** Ends the watch and waits for its thread, unless called on it. Idempotent. */
  @Override
  void close();
}
