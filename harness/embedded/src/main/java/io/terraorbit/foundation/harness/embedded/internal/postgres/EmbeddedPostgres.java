package io.terraorbit.foundation.harness.embedded.internal.postgres;

import io.terraorbit.foundation.harness.embedded.internal.host.Directories;
import io.terraorbit.foundation.harness.embedded.internal.host.MachineCache;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerProcess;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerStart;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.PostgresBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** A PostgreSQL server that runs as a process of this machine. */
public final class EmbeddedPostgres implements PostgresBackend {
  private final ServerProcess process;
  private final Endpoint endpoint;
  private final String password;
  private final Administration administration;
  private final DatabaseNames names = new DatabaseNames();

  private EmbeddedPostgres(ServerStart.Running running, String password) {
    process = running.process();
    endpoint = Endpoint.loopback(running.port());
    this.password = password;
    administration = new Administration(jdbcUrl(endpoint, "postgres"), user(), password);
  }

  /** Starts a server and waits until it answers. */
  public static EmbeddedPostgres start(
      Platform platform,
      Directories directories,
      Unprivileged unprivileged,
      RandomGenerator random,
      BackendOptions options)
      throws IOException, InterruptedException {
    PostgresInstall install =
        PostgresInstall.prepare(
            platform, new MachineCache(directories.cache(), options.time()), unprivileged, random);
    ServerStart.Running running =
        new ServerStart(Service.POSTGRES, directories.roomyScratch(unprivileged), options)
            .run(new PostgresRecipe(install, unprivileged));
    EmbeddedPostgres postgres = new EmbeddedPostgres(running, install.password());
    try {
      postgres.administration.version();
      return postgres;
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
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
  public String version() {
    return administration.version();
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String user() {
    return PostgresInstall.USER;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public String createDatabase(String hint) {
    String name = names.next(hint);
    // template0 is as initdb left it: nobody can connect to it. FILE_COPY is twice as fast as the
    // default strategy here, because without fsync its two checkpoints cost nothing.
    administration.execute(
        "CREATE DATABASE \"%s\" TEMPLATE template0 STRATEGY FILE_COPY".formatted(name));
    return name;
  }

  @Override
  public void dropDatabase(String name) {
    names.requireOurs(name);
    administration.execute("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(name));
    names.forget(name);
  }

  @Override
  public List<String> logTail(int lines) {
    return process.logTail(lines);
  }

  @Override
  public void close() {
    administration.close();
    process.close();
  }
}
