package io.terraorbit.foundation.junit.harness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.junit.harness.FoundationTest;
import io.terraorbit.foundation.junit.harness.PostgresEnv;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@FoundationTest
class TestDataSourceIT {
  @Test
  void closesWhatTheTestLeftOpen(PostgresEnv postgres) throws Exception {
    TestDataSource source = new TestDataSource(postgres, "test");
    Connection closedByTheTest = source.getConnection();
    closedByTheTest.close();
    Connection left = source.getConnection();

    source.close();

    assertThat(left.isClosed()).isTrue();
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessage("the test is over, and its database with it");
  }
}
