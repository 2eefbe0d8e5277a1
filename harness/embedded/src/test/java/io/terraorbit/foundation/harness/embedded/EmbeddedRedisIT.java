package io.terraorbit.foundation.harness.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.RedisBackend;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedRedisIT {
  private static RedisBackend redis;
  private static RedisClient client;

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedisProvider().start(options(OptionalInt.empty()));
    client = RedisClient.create();
  }

  @AfterAll
  static void stop() {
    client.shutdown();
    redis.close();
  }

  @Test
  void saysWhatItIs() {
    assertThat(redis.service()).isEqualTo(Service.REDIS);
    assertThat(redis.kind()).isEqualTo("embedded");
    assertThat(redis.version()).isEqualTo("7.0.15");
    assertThat(redis.logTail(100)).anyMatch(line -> line.contains("Ready to accept connections"));
    assertThat(new EmbeddedRedisProvider().service()).isEqualTo(Service.REDIS);
    assertThat(new EmbeddedRedisProvider().kind()).isEqualTo("embedded");
  }

  @Test
  void keepsLogicalDatabasesApart() {
    int first = redis.acquireDatabase();
    int second = redis.acquireDatabase();
    assertThat(first).isBetween(1, 255).isNotEqualTo(second);

    in(first, commands -> commands.set("key", "first"));

    assertThat(in(second, commands -> commands.get("key"))).isNull();
    assertThat(in(first, commands -> commands.get("key"))).isEqualTo("first");
    redis.releaseDatabase(first);
    assertThat(in(first, RedisCommands::dbsize)).isEqualTo(0L);
    redis.releaseDatabase(second);
  }

  @Test
  void keepsNothingOnDisk() {
    assertThat(in(0, commands -> commands.configGet("save", "appendonly")))
        .isEqualTo(Map.of("save", "", "appendonly", "no"));
  }

  @Test
  void takesBackOnlyWhatItLent() {
    assertThatThrownBy(() -> redis.releaseDatabase(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the logical database 0 is not lent");
  }

  @Test
  void saysThatAFixedPortIsTaken() {
    int port = redis.endpoint().port();

    assertThatThrownBy(() -> new EmbeddedRedisProvider().start(options(OptionalInt.of(port))))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith(
            "ENV_PORT_TAKEN: the port %d, wanted for the service 'redis'".formatted(port));
  }

  @Test
  void refusesAMachineWithoutBinaries() {
    assertThatThrownBy(
            () ->
                new EmbeddedRedisProvider(new Platform("Windows 11", "amd64"))
                    .start(options(OptionalInt.empty())))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith("ENV_PLATFORM_UNSUPPORTED");
  }

  private static BackendOptions options(OptionalInt port) {
    return new BackendOptions(port, TimeSource.system());
  }

  private static Object in(int database, Function<RedisCommands<String, String>, ?> work) {
    String uri = redis.uri(redis.endpoint(), database);
    try (StatefulRedisConnection<String, String> connection =
        client.connect(io.lettuce.core.RedisURI.create(uri))) {
      return work.apply(connection.sync());
    }
  }
}
