package io.terraorbit.foundation.junit.harness.internal.jdbc;

import io.terraorbit.foundation.junit.harness.PostgresEnv;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection for each that is asked for, and at the end closes what the test left open.
 * Safe for many threads.
 */
final class TestDataSource implements DataSource, AutoCloseable {
  /** PostgreSQL cuts names at 63 bytes. */
  private static final int NAME_LENGTH = 63;

  private final PostgresEnv postgres;
  private final String applicationName;
  private final List<Connection> opened = new ArrayList<>();
  private boolean closed;

  TestDataSource(PostgresEnv postgres, String testName) {
    this.postgres = postgres;
    applicationName = testName.substring(0, Math.min(NAME_LENGTH, testName.length()));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(postgres.user(), postgres.password());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", applicationName);
    Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), properties);
    if (keep(connection)) {
      return connection;
    }
    connection.close();
    throw new SQLException("the test is over, and its database with it");
  }

  /** Closes all connections. */
  @Override
  public void close() throws SQLException {
    List<Connection> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(opened);
      opened.clear();
    }
    for (Connection connection : left) {
      connection.close();
    }
  }

  private synchronized boolean keep(Connection connection) throws SQLException {
    for (int i = opened.size() - 1; i >= 0; i--) {
      if (opened.get(i).isClosed()) {
        opened.remove(i);
      }
    }
    opened.add(connection);
    return !closed;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("a test's DataSource has no log writer");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("a test's DataSource has no login timeout");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("a test's DataSource does not log");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (isWrapperFor(type)) {
      return type.cast(this);
    }
    throw new SQLException("a test's DataSource wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
