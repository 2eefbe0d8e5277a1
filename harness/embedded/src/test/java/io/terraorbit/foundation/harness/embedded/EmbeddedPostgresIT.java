package io.terraorbit.foundation.harness.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.PostgresBackend;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedPostgresIT {
  private static PostgresBackend postgres;

  @BeforeAll
  static void start() {
    postgres = new EmbeddedPostgresProvider().start(options(OptionalInt.empty()));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void saysWhatItIs() {
    assertThat(postgres.service()).isEqualTo(Service.POSTGRES);
    assertThat(postgres.kind()).isEqualTo("embedded");
    assertThat(postgres.version()).startsWith("17.");
    assertThat(new EmbeddedPostgresProvider().service()).isEqualTo(Service.POSTGRES);
    assertThat(new EmbeddedPostgresProvider().kind()).isEqualTo("embedded");
  }

  @Test
  void keepsDatabasesApart() throws SQLException {
    String first = postgres.createDatabase("Orders: save!");
    String second = postgres.createDatabase("Orders: save!");
    assertThat(first).matches("orderssave_\\d+").isNotEqualTo(second);

    try (Connection connection = connect(first, postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE only_here (id int)");
    }

    assertThat(tables(first)).containsExactly("only_here");
    assertThat(tables(second)).isEmpty();
    postgres.dropDatabase(first);
    postgres.dropDatabase(second);
  }

  @Test
  void dropsADatabaseThatIsInUse() throws SQLException {
    String database = postgres.createDatabase("busy");
    try (Connection connection = connect(database, postgres.password())) {
      assertThat(connection.isValid(10)).isTrue();

      postgres.dropDatabase(database);

      assertThat(connection.isValid(10)).isFalse();
    }
    assertThatThrownBy(() -> connect(database, postgres.password()).close())
        .hasMessageContaining("does not exist");
  }

  @Test
  void dropsOnlyWhatItCreated() {
    assertThatThrownBy(() -> postgres.dropDatabase("postgres"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no database 'postgres' was created here, or it was dropped already");
  }

  @Test
  void createsDatabasesForManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> created = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        created.add(threads.submit(() -> postgres.createDatabase("parallel")));
      }
      List<String> names = new ArrayList<>();
      for (Future<String> name : created) {
        names.add(name.get(60, TimeUnit.SECONDS));
      }
      assertThat(names).doesNotHaveDuplicates().hasSize(12);
      names.forEach(postgres::dropDatabase);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    assertThatThrownBy(() -> connect("postgres", "wrong").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void recoversFromAnEndedAdministrationSession() throws SQLException {
    try (Connection connection = connect("postgres", postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'foundation-administration'");
    }

    String database = postgres.createDatabase("after");

    assertThat(tables(database)).isEmpty();
    postgres.dropDatabase(database);
  }

  @Test
  void keepsTheEndOfTheLogWithTheNameOfTheDatabase() throws SQLException {
    String database = postgres.createDatabase("logged");
    assertThatThrownBy(() -> execute(database, "SELECT nonsense")).isInstanceOf(SQLException.class);

    assertThat(postgres.logTail(2).get(0))
        .contains(database)
        .contains("column \"nonsense\" does not exist");
    postgres.dropDatabase(database);
  }

  @Test
  void listensOnAFixedPortOrSaysThatItIsTaken() {
    int port = postgres.endpoint().port();

    assertThatThrownBy(() -> new EmbeddedPostgresProvider().start(options(OptionalInt.of(port))))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith(
            "ENV_PORT_TAKEN: the port %d, wanted for the service 'postgres', is in use."
                .formatted(port));
  }

  @Test
  void answersNothingOnceClosed() {
    PostgresBackend other = new EmbeddedPostgresProvider().start(options(OptionalInt.empty()));
    int port = other.endpoint().port();
    other.close();
    other.close();

    assertThat(other.version()).startsWith("17.");
    assertThat(other.logTail(5)).isEmpty();
    assertThatThrownBy(() -> other.createDatabase("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the server is closed, and was asked: CREATE DATABASE");

    try (PostgresBackend again =
        new EmbeddedPostgresProvider().start(options(OptionalInt.of(port)))) {
      assertThat(again.endpoint().port()).isEqualTo(port);
    }
  }

  @Test
  void passesOnWhatTheServerRefuses() {
    String database = postgres.createDatabase("gone");
    postgres.dropDatabase(database);
    // a name of 44 letters and the number fit PostgreSQL's limit
    String longest = postgres.createDatabase("x".repeat(100));
    assertThat(longest).matches("x{44}_\\d+");
    postgres.dropDatabase(longest);
  }

  @Test
  void refusesAMachineWithoutBinaries() {
    assertThatThrownBy(
            () ->
                new EmbeddedPostgresProvider(new Platform("Windows 11", "amd64"))
                    .start(options(OptionalInt.empty())))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith("ENV_PLATFORM_UNSUPPORTED");
  }

  private static BackendOptions options(OptionalInt port) {
    return new BackendOptions(port, TimeSource.system());
  }

  private static Connection connect(String database, String password) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(postgres.endpoint(), database), postgres.user(), password);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> tables(String database) throws SQLException {
    try (Connection connection = connect(database, postgres.password());
        ResultSet rows = connection.getMetaData().getTables(null, "public", "%", null)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
      return names;
    }
  }
}
