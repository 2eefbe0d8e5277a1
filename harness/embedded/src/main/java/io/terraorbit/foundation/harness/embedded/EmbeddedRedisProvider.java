package io.terraorbit.foundation.harness.embedded;

import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.redis.EmbeddedRedis;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.RedisBackend;
import io.terraorbit.foundation.harness.environment.Service;
import org.apiguardian.api.API;

/**
 * Starts Redis 7 as a process of this machine, with 256 logical databases and no persistence.
 * Stateless.
 *
 * <p>The server ends with the JVM, even when that is killed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class EmbeddedRedisProvider implements BackendProvider {
  private final Platform platform;

  /** For {@link java.util.ServiceLoader}. */
  public EmbeddedRedisProvider() {
    this(Platform.current());
  }

  EmbeddedRedisProvider(Platform platform) {
    this.platform = platform;
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
  public RedisBackend start(BackendOptions options) {
    return Starting.of(
        service(), () -> EmbeddedRedis.start(platform, Directories.ofOurselves(platform), options));
  }
}
