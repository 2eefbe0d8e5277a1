package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** A PostgreSQL server, 17 or newer. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface PostgresBackend extends Backend {
  /** A superuser. */
  String user();

  String password();

  /**
   * Makes an empty database with a name of its own.
   *
   * @param hint words that make the name readable; all but letters, digits and underscores is
   *     dropped
   * @return the database's name
   */
  String createDatabase(String hint);

  /** Drops a database that {@link #createDatabase} made, ending its sessions. */
  void dropDatabase(String name);

  /** The JDBC address of a database, without user and password, reached through {@code via}. */
  default String jdbcUrl(Endpoint via, String database) {
    return "jdbc:postgresql://%s/%s".formatted(via, database);
  }
}
