package io.terraorbit.foundation.harness.embedded.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LogicalDatabasesIT {
  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() throws Exception {
    Platform platform = Platform.current();
    redis =
        EmbeddedRedis.start(
            platform,
            Directories.ofOurselves(platform),
            new BackendOptions(OptionalInt.empty(), TimeSource.system()));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void saysWhenAllAreLent() {
    LogicalDatabases databases = new LogicalDatabases(redis.endpoint(), 3, Duration.ofMillis(20));
    assertThat(databases.acquire()).isEqualTo(1);
    assertThat(databases.acquire()).isEqualTo(2);

    assertThatThrownBy(databases::acquire)
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_REDIS_EXHAUSTED: all 2 logical Redis databases are lent, and none came back"
                + " within 20 ms. Each test has one, and gives it back at its end.%nRun fewer"
                    .formatted()
                + " tests at once, or release what was acquired.");
  }

  @Test
  void handsAReleasedDatabaseToWhoeverWaits() throws Exception {
    LogicalDatabases databases = new LogicalDatabases(redis.endpoint(), 2, Duration.ofSeconds(60));
    int only = databases.acquire();
    CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(databases::acquire);

    databases.release(only);

    assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(only);
  }

  @Test
  void lendsAnEmptyDatabaseEvenIfSomebodyWroteAfterTheRelease() throws Exception {
    LogicalDatabases databases = new LogicalDatabases(redis.endpoint(), 2, Duration.ofSeconds(60));
    int only = databases.acquire();
    databases.release(only);
    try (RespConnection late = RespConnection.open(redis.endpoint())) {
      late.call("SELECT", Integer.toString(only));
      late.call("SET", "late", "write");

      databases.acquire();

      assertThat(late.call("DBSIZE")).containsExactly("0");
    }
  }

  @Test
  void keepsAnInterrupt() {
    LogicalDatabases databases = new LogicalDatabases(redis.endpoint(), 1, Duration.ofSeconds(60));

    Thread.currentThread().interrupt();

    assertThatThrownBy(databases::acquire)
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_REDIS_WAIT_INTERRUPTED: the wait for a logical Redis database was"
                + " interrupted.%nAsk again if it is still wanted.".formatted());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void saysWhenTheServerIsGoneAndLosesNoDatabase() {
    Endpoint nobody = Endpoint.loopback(1);
    LogicalDatabases databases = new LogicalDatabases(nobody, 2, Duration.ofMillis(20));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(databases::acquire)
          .isInstanceOf(AppException.class)
          .hasMessage(
              "ENV_REDIS_UNREACHABLE: Redis on 127.0.0.1:1 does not empty the logical database"
                  + " 1: Connection refused.%nSee whether the server still runs, and the end of"
                      .formatted()
                  + " its log.");
    }
  }
}
