package io.terraorbit.foundation.chaos.scenario;

import org.apiguardian.api.API;

/** One running replica of a controller. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Replica extends AutoCloseable {
  /** Whether nothing is queued, delayed by a retry, or running. A standby is idle. */
  boolean idle();

  /** Queues every object anew, as a periodic resync would; nothing on a standby. */
  void resync();

  /**
   * Ends the replica as a crash would: its threads are interrupted and nothing is cleaned up. By
   * then its links and credentials are cut. Returns within a second.
   */
  void kill();

  /** Ends the replica gracefully: reconciles finish, the lease is released. Within 10 s. */
  @Override
  void close();
}
