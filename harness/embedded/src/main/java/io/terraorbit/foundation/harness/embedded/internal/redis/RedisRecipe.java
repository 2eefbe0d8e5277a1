package io.terraorbit.foundation.harness.embedded.internal.redis;

import io.terraorbit.foundation.harness.embedded.internal.host.Bundled;
import io.terraorbit.foundation.harness.embedded.internal.host.MachineCache;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerCommand;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerStart;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Runs {@code redis-server} with no configuration file and no persistence. */
record RedisRecipe(Path binary) implements ServerStart.Recipe {
  /** Logical databases of a server. */
  static final int DATABASES = 256;

  /** Unpacks the server if the cache does not have it yet. */
  static RedisRecipe prepare(Platform platform, MachineCache cache)
      throws IOException, InterruptedException {
    Bundled bundled =
        Bundled.find(
            RedisRecipe.class.getClassLoader(),
            platform.redisBinary(),
            "org.signal:embedded-redis");
    Path home =
        cache.get(
            bundled.key(),
            directory -> {
              Path binary = directory.resolve("redis-server");
              try (InputStream in = bundled.open()) {
                Files.copy(in, binary);
              }
              Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
            });
    return new RedisRecipe(home.resolve("redis-server"));
  }

  /** Asks a server for its version. */
  static String version(Endpoint endpoint) throws IOException {
    try (RespConnection connection = RespConnection.open(endpoint)) {
      return String.join("", connection.call("INFO", "server"))
          .lines()
          .filter(line -> line.startsWith("redis_version:"))
          .map(line -> line.substring(line.indexOf(':') + 1))
          .findFirst()
          .orElse("unknown");
    }
  }

  @Override
  public ServerCommand command(Path directory, int port) {
    List<String> line =
        List.of(
            binary.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            directory.toString(),
            "--databases",
            Integer.toString(DATABASES),
            "--save",
            "",
            "--appendonly",
            "no");
    return new ServerCommand(Service.REDIS, directory, "TERM", Optional.empty(), List.of(), line);
  }

  @Override
  public boolean isReady(Path directory, int port) {
    try (RespConnection connection = RespConnection.open(Endpoint.loopback(port))) {
      // Another Redis that took the port a moment before ours has another directory.
      return connection.call("CONFIG", "GET", "dir").contains(directory.toRealPath().toString());
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }
}
