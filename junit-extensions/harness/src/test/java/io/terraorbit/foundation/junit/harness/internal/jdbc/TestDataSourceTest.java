package io.terraorbit.foundation.junit.harness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.junit.harness.KubernetesEnv;
import io.terraorbit.foundation.junit.harness.PostgresEnv;
import io.terraorbit.foundation.junit.harness.RedisEnv;
import io.terraorbit.foundation.junit.harness.TestEnv;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestDataSourceTest {
  private static final PostgresEnv NOBODY =
      new PostgresEnv("jdbc:postgresql://127.0.0.1:1/none", "postgres", "secret", "none");

  private final TestDataSource source = new TestDataSource(NOBODY, "x".repeat(200));

  @Test
  void offersNothingButConnections() throws Exception {
    assertThat(source.getLogWriter()).isNull();
    assertThat(source.getLoginTimeout()).isZero();
    assertThatThrownBy(() -> source.setLogWriter(new PrintWriter(System.err)))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> source.setLoginTimeout(1))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(source::getParentLogger).isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void wrapsNothingButItself() throws Exception {
    assertThat(source.isWrapperFor(DataSource.class)).isTrue();
    assertThat(source.unwrap(DataSource.class)).isSameAs(source);
    assertThat(source.isWrapperFor(String.class)).isFalse();
    assertThatThrownBy(() -> source.unwrap(String.class))
        .isInstanceOf(SQLException.class)
        .hasMessage("a test's DataSource wraps no java.lang.String");
  }

  @Test
  void saysWhyThereIsNoConnection() {
    assertThatThrownBy(() -> new ConnectionProvider().provide(new Unreachable()))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith(
            "JUNIT_CONNECTION_FAILED: no connection to 'jdbc:postgresql://127.0.0.1:1/none':"
                + " Connection to 127.0.0.1:1 refused.")
        .hasMessageEndingWith(
            "It takes the PostgreSQL driver, org.postgresql:postgresql, and a running server.%nAdd"
                    .formatted()
                + " the driver to the test dependencies, or see why the server does not answer.");
  }

  private static final class Unreachable implements TestEnv {
    @Override
    public String name() {
      return "Some_test";
    }

    @Override
    public PostgresEnv postgres() {
      return NOBODY;
    }

    @Override
    public RedisEnv redis() {
      throw new UnsupportedOperationException();
    }

    @Override
    public KubernetesEnv kubernetes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void closeLater(AutoCloseable closeable) {}

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> open) {
      throw new UnsupportedOperationException();
    }
  }
}
