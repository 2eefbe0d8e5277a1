package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** A Redis server, 7 or newer. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RedisBackend extends Backend {
  /**
   * Lends an empty logical database that no one else has; waits at most 30 s for one to come free.
   *
   * @return the number for {@code SELECT}
   */
  int acquireDatabase();

  /** Empties the database and takes it back. */
  void releaseDatabase(int database);

  /** The Redis URI of a logical database, reached through {@code via}. */
  default String uri(Endpoint via, int database) {
    return "redis://%s/%d".formatted(via, database);
  }
}
