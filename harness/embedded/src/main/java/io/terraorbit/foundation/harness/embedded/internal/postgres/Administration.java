package io.terraorbit.foundation.harness.embedded.internal.postgres;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The superuser's one connection. Safe for many threads, one statement at a time; a connection that
 * somebody ended is opened anew.
 */
final class Administration implements AutoCloseable {
  private final String url;
  private final Properties properties = new Properties();
  private @Nullable Connection connection;
  private @Nullable String version;
  private boolean closed;

  Administration(String url, String user, String password) {
    this.url = url;
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "foundation-administration");
    properties.setProperty("connectTimeout", "20");
    properties.setProperty("socketTimeout", "120");
  }

  /** The server's version, such as {@code 17.11}. */
  synchronized String version() {
    String known = version;
    if (known == null) {
      known = withStatement("SHOW server_version", Administration::single);
      version = known;
    }
    return known;
  }

  synchronized void execute(String sql) {
    withStatement(
        sql,
        (statement, text) -> {
          statement.execute(text);
          return "";
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }

  private String withStatement(String sql, Work work) {
    if (closed) {
      throw new IllegalStateException("the server is closed, and was asked: " + sql);
    }
    try {
      return attempt(sql, work);
    } catch (SQLException e) {
      if (!lostConnection(e)) {
        throw failed(sql, e);
      }
    }
    drop();
    try {
      return attempt(sql, work);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private String attempt(String sql, Work work) throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = DriverManager.getConnection(url, properties);
      connection = open;
    }
    try (Statement statement = open.createStatement()) {
      return work.run(statement, sql);
    }
  }

  /** Class 08, the driver's own loss; class 57P, the server's way to end a session. */
  private static boolean lostConnection(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private void drop() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException ignored) {
        // It was on its way out.
      }
    }
  }

  private static String single(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static AppException failed(String sql, SQLException cause) {
    return new AppException(
        new AppError(
            ErrorKind.INTERNAL,
            "ENV_POSTGRES_REFUSED",
            "PostgreSQL refused '%s': %s".formatted(sql, cause.getMessage()),
            "",
            "Look at the end of the server's log."),
        cause);
  }

  private interface Work {
    String run(Statement statement, String sql) throws SQLException;
  }
}
