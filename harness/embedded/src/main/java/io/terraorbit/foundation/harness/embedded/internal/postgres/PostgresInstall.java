package io.terraorbit.foundation.harness.embedded.internal.postgres;

import io.terraorbit.foundation.harness.embedded.internal.host.Archive;
import io.terraorbit.foundation.harness.embedded.internal.host.Bundled;
import io.terraorbit.foundation.harness.embedded.internal.host.MachineCache;
import io.terraorbit.foundation.harness.embedded.internal.host.Platform;
import io.terraorbit.foundation.harness.embedded.internal.host.Shell;
import io.terraorbit.foundation.harness.embedded.internal.host.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * PostgreSQL on this machine: unpacked binaries, and a cluster that is copied and never started.
 * Immutable.
 *
 * <p>The superuser's password is drawn once per machine and readable by us alone: other users of
 * the machine reach the port, too, and a superuser runs programs. It is stored with a single SCRAM
 * iteration, because it is random and each test connects anew.
 *
 * @param home has {@code bin} and {@code lib}
 * @param cluster a data directory as initdb left it
 * @param password of the superuser
 */
record PostgresInstall(Path home, Path cluster, String password) {
  /** The superuser. */
  static final String USER = "postgres";

  /** Part of the cluster's name in the cache: change it with anything that shapes the cluster. */
  private static final String RECIPE = "r1";

  /** Unpacks and initialises what the cache does not have yet. */
  static PostgresInstall prepare(
      Platform platform, MachineCache cache, Unprivileged unprivileged, RandomGenerator random)
      throws IOException, InterruptedException {
    Bundled archive =
        Bundled.find(
            PostgresInstall.class.getClassLoader(),
            platform.postgresArchive(),
            "io.zonky.test.postgres:" + platform.postgresArtifact());
    Path home =
        cache.get(
            archive.key(),
            directory -> {
              readableByOthers(directory);
              Archive.unpackTxz(archive.open(), directory);
            });
    String name =
        "%s-cluster-%s%s"
            .formatted(archive.key(), RECIPE, unprivileged.owner().isPresent() ? "-nobody" : "");
    Path cluster =
        cache.get(name, directory -> initialise(home, directory, unprivileged, password(random)));
    return new PostgresInstall(
        home, cluster.resolve("data"), Files.readString(cluster.resolve("password")).strip());
  }

  private static void initialise(
      Path home, Path directory, Unprivileged unprivileged, String password)
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Path passwordFile = Files.writeString(directory.resolve("password"), password + "\n");
    unprivileged.own(passwordFile);
    unprivileged.own(directory);
    List<String> initdb =
        unprivileged.wrap(
            List.of(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + directory.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "--no-instructions",
                "--wal-segsize=1"));
    Shell.Result result = Shell.run(initdb);
    if (!result.succeeded()) {
      throw new IOException(
          "initdb ended with status %d: %s".formatted(result.status(), result.output()));
    }
  }

  private static void readableByOthers(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String password(RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
