package io.terraorbit.foundation.harness.embedded.internal.host;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A file that some jar on the class path brings. Immutable.
 *
 * @param url where it is
 * @param key names it and its content, fit for a file name
 */
public record Bundled(URL url, String key) {
  /**
   * Finds a file.
   *
   * @param artifact the jar that should have it, for the message
   * @throws AppException {@code ENV_BINARIES_ABSENT} if no jar has it
   */
  public static Bundled find(ClassLoader loader, String name, String artifact) throws IOException {
    URL url = loader.getResource(name);
    if (url == null) {
      throw AppException.of(
          ErrorKind.NOT_FOUND,
          "ENV_BINARIES_ABSENT",
          "'%s' is not on the class path".formatted(name),
          "It comes with %s".formatted(artifact),
          "Add that artifact to the test dependencies.");
    }
    return new Bundled(url, name.replaceAll("\\.[a-z]+$", "") + "-" + fingerprint(url));
  }

  /** Opens it; whoever asks closes. */
  public InputStream open() throws IOException {
    return connect(url).getInputStream();
  }

  private static String fingerprint(URL url) throws IOException {
    URLConnection connection = connect(url);
    if (connection instanceof JarURLConnection inJar) {
      try (var jar = inJar.getJarFile()) {
        var entry = jar.getJarEntry(inJar.getEntryName());
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
      }
    }
    CRC32 crc = new CRC32();
    long size;
    try (InputStream in = new CheckedInputStream(connection.getInputStream(), crc)) {
      size = in.transferTo(OutputStream.nullOutputStream());
    }
    return "%08x-%d".formatted(crc.getValue(), size);
  }

  private static URLConnection connect(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection;
  }
}
