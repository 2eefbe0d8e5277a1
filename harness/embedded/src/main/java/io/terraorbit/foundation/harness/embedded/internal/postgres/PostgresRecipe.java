package io.terraorbit.foundation.harness.embedded.internal.postgres;

import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerCommand;
import io.terraorbit.foundation.harness.embedded.internal.process.ServerStart;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs {@code postgres} itself, on a copy of the cluster, set for speed and not for crashes. */
record PostgresRecipe(PostgresInstall install, Unprivileged unprivileged)
    implements ServerStart.Recipe {
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=200",
          // The data is thrown away, so nothing has to survive.
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "checkpoint_timeout=1d",
          "max_wal_size=4GB",
          // An autovacuum worker in a template database would block its use.
          "autovacuum=off",
          "jit=off",
          // Files of the data directory instead of /dev/shm, so that a kill leaves none behind.
          "dynamic_shared_memory_type=mmap",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_line_prefix=%m [%p] %d %a ");

  /** Where postmaster.pid says how far the server is; src/include/utils/pidfile.h. */
  private static final int STATUS_LINE = 7;

  @Override
  public ServerCommand command(Path directory, int port) {
    List<String> line = new ArrayList<>();
    line.add(install.home().resolve("bin/postgres").toString());
    line.addAll(List.of("-D", directory.resolve("data").toString(), "-p", Integer.toString(port)));
    for (String setting : SETTINGS) {
      line.addAll(List.of("-c", setting));
    }
    return new ServerCommand(
        Service.POSTGRES,
        directory,
        "QUIT",
        Optional.of(install.cluster()),
        unprivileged.prefix(),
        line);
  }

  @Override
  public boolean isReady(Path directory, int port) {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("data/postmaster.pid"));
      return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    } catch (IOException e) {
      return false; // not yet written
    }
  }
}
