package io.terraorbit.foundation.harness.embedded.internal.redis;

import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.MachineCache;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerProcess;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerStart;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.RedisBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A Redis server that runs as a process of this machine and keeps nothing on disk. */
public final class EmbeddedRedis implements RedisBackend {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerProcess process;
  private final Endpoint endpoint;
  private final String version;
  private final LogicalDatabases databases;

  private EmbeddedRedis(ServerStart.Running running, String version) {
    process = running.process();
    endpoint = Endpoint.loopback(running.port());
    this.version = version;
    databases = new LogicalDatabases(endpoint, RedisRecipe.DATABASES, PATIENCE);
  }

  /** Starts a server and waits until it answers. */
  public static EmbeddedRedis start(
      Platform platform, Directories directories, BackendOptions options)
      throws IOException, InterruptedException {
    RedisRecipe recipe =
        RedisRecipe.prepare(platform, new MachineCache(directories.cache(), options.time()));
    Unprivileged asOurselves = new Unprivileged(List.of(), OptionalInt.empty());
    ServerStart.Running running =
        new ServerStart(Service.REDIS, directories.roomyScratch(asOurselves), options).run(recipe);
    try {
      return new EmbeddedRedis(running, RedisRecipe.version(Endpoint.loopback(running.port())));
    } catch (IOException | RuntimeException e) {
      running.process().close();
      throw e;
    }
  }

  @Override
  public Service service() {
    return Service.REDIS;
  }

  @Override
  public String kind() {
    return "embedded";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public int acquireDatabase() {
    return databases.acquire();
  }

  @Override
  public void releaseDatabase(int database) {
    databases.release(database);
  }

  @Override
  public List<String> logTail(int lines) {
    return process.logTail(lines);
  }

  @Override
  public void close() {
    process.close();
  }
}
