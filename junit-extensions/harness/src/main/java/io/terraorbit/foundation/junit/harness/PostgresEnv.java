package io.terraorbit.foundation.junit.harness;

import org.apiguardian.api.API;

/**
 * A test's own PostgreSQL database, for what is not configured with a {@code DataSource}.
 * Immutable.
 *
 * @param database its name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PostgresEnv(String jdbcUrl, String user, String password, String database) {}
