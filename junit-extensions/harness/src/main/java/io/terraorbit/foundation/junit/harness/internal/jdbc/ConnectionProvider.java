package io.terraorbit.foundation.junit.harness.internal.jdbc;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.junit.harness.TestEnv;
import io.terraorbit.foundation.junit.harness.ValueProvider;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection to the test's database. */
public final class ConnectionProvider implements ValueProvider<Connection> {
  @Override
  public Class<Connection> type() {
    return Connection.class;
  }

  @Override
  public Service service() {
    return Service.POSTGRES;
  }

  @Override
  public Connection provide(TestEnv test) {
    TestDataSource source = new TestDataSource(test.postgres(), test.name());
    test.closeLater(source);
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "JUNIT_CONNECTION_FAILED",
              "no connection to '%s': %s".formatted(test.postgres().jdbcUrl(), e.getMessage()),
              "It takes the PostgreSQL driver, org.postgresql:postgresql, and a running server",
              "Add the driver to the test dependencies, or see why the server does not answer."),
          e);
    }
  }
}
