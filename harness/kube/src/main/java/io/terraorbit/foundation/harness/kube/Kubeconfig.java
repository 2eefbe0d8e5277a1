package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes the file that tells clients where the server is and who they are. */
final class Kubeconfig {
  private static final FileAttribute<?>[] OWNER_ONLY =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private Kubeconfig() {}

  /**
   * The file's text, in YAML.
   *
   * @param credential lines, from {@link #token} or {@link #certificate}
   */
  static String of(URI url, String authorityPem, String credential) {
    return """
        apiVersion: v1
        kind: Config
        current-context: foundation
        clusters:
          - name: foundation
            cluster:
              server: %s
              certificate-authority-data: %s
        users:
          - name: user
            user:
        %s
        contexts:
          - name: foundation
            context:
              cluster: foundation
              user: user
        """
        .formatted(url, base64(authorityPem), credential);
  }

  static String token(String token) {
    return "      token: " + token;
  }

  static String certificate(String certificatePem, String keyPem) {
    return "      client-certificate-data: %s\n      client-key-data: %s"
        .formatted(base64(certificatePem), base64(keyPem));
  }

  /** Replaces a file, or makes it; at no time may others read what it holds. */
  static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    try {
      Path directory = target.getParent();
      if (directory == null || Files.isDirectory(target)) {
        throw new IOException("it is a directory");
      }
      Path fresh = Files.createTempFile(directory, ".kubeconfig", "", OWNER_ONLY);
      try {
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "KUBECONFIG_UNWRITABLE",
              "the kubeconfig file '%s' cannot be written: %s".formatted(file, reason(e)),
              "A file is expected that can be made in a directory that is there",
              "Choose another path, or make its directory."),
          e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName().replace("Exception", "");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
