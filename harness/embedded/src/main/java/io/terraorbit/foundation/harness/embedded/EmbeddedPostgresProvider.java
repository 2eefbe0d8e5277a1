package io.terraorbit.foundation.harness.embedded;

import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import io.terraorbit.foundation.harness.embedded.internal.postgres.EmbeddedPostgres;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.PostgresBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.security.SecureRandom;
import org.apiguardian.api.API;

/**
 * Starts PostgreSQL 17 as a process of this machine, also for root. Stateless.
 *
 * <p>The server ends with the JVM, even when that is killed, and its data directory with it.
 * Nothing in it survives a crash of the server: it is set for speed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class EmbeddedPostgresProvider implements BackendProvider {
  private final Platform platform;

  /** For {@link java.util.ServiceLoader}. */
  public EmbeddedPostgresProvider() {
    this(Platform.current());
  }

  EmbeddedPostgresProvider(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Service service() {
    return Service.POSTGRES;
  }

  @Override
  public String kind() {
    return "embedded";
  }

  @Override
  public PostgresBackend start(BackendOptions options) {
    return Starting.of(
        service(),
        () -> {
          platform.postgresArchive();
          Unprivileged unprivileged = Unprivileged.find();
          return EmbeddedPostgres.start(
              platform,
              Directories.of(platform, unprivileged),
              unprivileged,
              new SecureRandom(),
              options);
        });
  }
}
