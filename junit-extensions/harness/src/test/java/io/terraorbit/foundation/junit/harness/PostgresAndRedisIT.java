package io.terraorbit.foundation.junit.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.StatefulRedisConnection;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.Service;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The extension with real servers behind it. */
@Timeout(120)
class PostgresAndRedisIT {
  @Test
  void givesATestTheSameValuesFromItsConstructorToItsEnd() {
    EngineExecutionResults results = TestRun.of(SameValues.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThat(TestRun.succeeded(results)).isEqualTo(2);
  }

  @Test
  void givesEachTestADatabaseOfItsOwnAndRemovesItAfterwards() {
    Isolated.CONNECTIONS.clear();
    Isolated.REDIS.clear();

    EngineExecutionResults results = TestRun.of(Isolated.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThat(TestRun.succeeded(results)).isEqualTo(3);
    assertThat(Isolated.CONNECTIONS)
        .hasSize(4)
        .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
    assertThat(Isolated.REDIS)
        .hasSize(2)
        .allSatisfy(connection -> assertThat(connection.isOpen()).isFalse());
  }

  @Test
  void stopsTheServersWithTheSession() {
    EngineExecutionResults results = TestRun.of(StartsOnlyPostgres.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThatThrownBy(() -> new Socket("127.0.0.1", StartsOnlyPostgres.port).close())
        .hasMessageContaining("refused");
  }

  @Test
  void keepsParallelTestsApart() {
    Parallel.DATABASES.clear();

    EngineExecutionResults results =
        TestRun.with(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
            Parallel.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThat(Parallel.DATABASES).hasSize(12);
  }

  @Test
  void sharesTheServersAmongClasses() {
    EngineExecutionResults results = TestRun.of(Sub.class, ByMetaAnnotation.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThat(TestRun.succeeded(results)).isEqualTo(2);
    assertThat(Sub.port).isPositive().isEqualTo(ByMetaAnnotation.port);
  }

  @FoundationTest
  static class SameValues {
    private final DataSource fromConstructor;

    SameValues(DataSource fromConstructor) throws SQLException {
      this.fromConstructor = fromConstructor;
      execute(fromConstructor, "CREATE TABLE steps (name text)");
      execute(fromConstructor, "INSERT INTO steps VALUES ('constructor')");
    }

    @BeforeEach
    void before(
        DataSource source, Connection connection, StatefulRedisConnection<String, String> redis)
        throws SQLException {
      assertThat(source).isSameAs(fromConstructor);
      execute(source, "INSERT INTO steps VALUES ('before')");
      connection.setAutoCommit(false);
      redis.sync().set("step", "before");
    }

    @Test
    void inTheTest(
        Connection connection,
        StatefulRedisConnection<String, String> redis,
        PostgresEnv postgres,
        RedisEnv redisEnv,
        TestInfo resolvedByJupiter)
        throws SQLException {
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(column(connection, "SELECT name FROM steps"))
          .containsExactly("constructor", "before");
      assertThat(column(connection, "SELECT current_database()"))
          .containsExactly(postgres.database());
      assertThat(column(connection, "SHOW application_name"))
          .containsExactly("SameValues_inTheTest");
      assertThat(postgres.jdbcUrl()).endsWith("/" + postgres.database());
      assertThat(postgres.database()).matches("samevalues_inthetest_\\d+");
      assertThat(redis.sync().get("step")).isEqualTo("before");
      assertThat(redisEnv.uri()).matches("redis://127\\.0\\.0\\.1:\\d+/\\d+");
      assertThat(resolvedByJupiter.getDisplayName()).contains("inTheTest");
    }

    @AfterEach
    void after(DataSource source) throws SQLException {
      assertThat(source).isSameAs(fromConstructor);
      execute(source, "INSERT INTO steps VALUES ('after')");
    }

    @Nested
    class Inner {
      private final StatefulRedisConnection<String, String> redis;

      Inner(StatefulRedisConnection<String, String> redis, DataSource inner) {
        this.redis = redis;
        assertThat(inner).isSameAs(fromConstructor);
      }

      @Test
      void seesTheValuesOfTheEnclosingInstance(
          DataSource source, StatefulRedisConnection<String, String> again) {
        assertThat(source).isSameAs(fromConstructor);
        assertThat(again).isSameAs(redis);
        assertThat(redis.sync().get("step")).isEqualTo("before");
      }
    }
  }

  @FoundationTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Isolated {
    static final List<Connection> CONNECTIONS = new ArrayList<>();
    static final List<StatefulRedisConnection<String, String>> REDIS = new ArrayList<>();

    @Test
    @Order(1)
    void first(DataSource source, Connection own, StatefulRedisConnection<String, String> redis)
        throws SQLException {
      write(source, own, redis);
    }

    @Test
    @Order(2)
    void second(DataSource source, Connection own, StatefulRedisConnection<String, String> redis)
        throws SQLException {
      write(source, own, redis);
    }

    @Test
    @Order(3)
    void last(Connection connection, Environment environment) throws SQLException {
      assertThat(column(connection, "SELECT datname FROM pg_database"))
          .as("databases of earlier tests are gone")
          .containsExactlyInAnyOrder("postgres", "template0", "template1", connection.getCatalog());
      assertThat(environment.services()).contains(Service.POSTGRES);
    }

    private static void write(
        DataSource source, Connection own, StatefulRedisConnection<String, String> redis)
        throws SQLException {
      CONNECTIONS.add(own);
      CONNECTIONS.add(source.getConnection());
      REDIS.add(redis);
      execute(source, "CREATE TABLE the_same_name (id int)");
      assertThat(redis.sync().incr("the same key")).isEqualTo(1);
    }
  }

  @FoundationTest
  static class StartsOnlyPostgres {
    static int port;

    @BeforeAll
    static void mayHaveTheEnvironmentBeforeAll(Environment environment) {
      port = environment.postgres().endpoint().port();
    }

    @Test
    void startsNothingThatNobodyAskedFor(PostgresEnv postgres, Environment environment) {
      assertThat(environment.startup()).containsOnlyKeys(Service.POSTGRES);
    }
  }

  @FoundationTest
  static class Parallel {
    static final Set<String> DATABASES = ConcurrentHashMap.newKeySet();

    @RepeatedTest(12)
    void one(DataSource source, StatefulRedisConnection<String, String> redis) throws SQLException {
      execute(source, "CREATE TABLE the_same_name (id int)");
      assertThat(redis.sync().incr("the same key")).isEqualTo(1);
      try (Connection connection = source.getConnection()) {
        DATABASES.add(connection.getCatalog());
      }
    }
  }

  @FoundationTest
  static class Base {}

  static class Sub extends Base {
    static int port;

    @Test
    void inherits(RedisEnv redis, Environment environment) {
      port = environment.redis().endpoint().port();
    }
  }

  @FoundationTest
  @Retention(RetentionPolicy.RUNTIME)
  @interface HouseTest {}

  @HouseTest
  static class ByMetaAnnotation {
    static int port;

    @Test
    void works(RedisEnv redis, Environment environment) {
      port = environment.redis().endpoint().port();
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
