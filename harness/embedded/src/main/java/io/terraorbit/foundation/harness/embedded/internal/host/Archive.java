package io.terraorbit.foundation.harness.embedded.internal.host;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks {@code .txz}: POSIX ustar and old GNU tar, files, directories and symbolic links with
 * their modes. Anything else in the archive is an error. Stateless.
 */
public final class Archive {
  private static final int BLOCK = 512;

  private Archive() {}

  /** Unpacks into an existing directory. */
  public static void unpackTxz(InputStream txz, Path directory) throws IOException {
    try (InputStream tar = new BufferedInputStream(new XZInputStream(txz), 1 << 16)) {
      unpackTar(tar, directory);
    }
  }

  static void unpackTar(InputStream tar, Path directory) throws IOException {
    for (byte[] header = block(tar); header[0] != 0; header = block(tar)) {
      unpackEntry(tar, header, directory);
    }
  }

  private static void unpackEntry(InputStream tar, byte[] header, Path directory)
      throws IOException {
    String name = text(header, 0, 100);
    Path target = directory.resolve(name).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("the archive's entry '%s' leaves its directory".formatted(name));
    }
    switch (header[156]) {
      case '5' -> Files.createDirectories(target);
      case '2' -> link(target, text(header, 157, 100), directory);
      case '0', 0 -> file(tar, header, target);
      default ->
          throw new IOException(
              "the archive's entry '%s' is of the unknown type '%c'".formatted(name, header[156]));
    }
  }

  private static void link(Path target, String to, Path directory) throws IOException {
    Files.createDirectories(target.resolve("..").normalize());
    if (!target.resolveSibling(to).normalize().startsWith(directory)) {
      throw new IOException("the archive's link to '%s' leaves its directory".formatted(to));
    }
    Files.createSymbolicLink(target, Path.of(to));
  }

  private static void file(InputStream tar, byte[] header, Path target) throws IOException {
    long size = octal(header, 124, 12);
    Files.createDirectories(target.resolve("..").normalize());
    try (var out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int read = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the archive ends within '%s'".formatted(target.getFileName()));
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    Files.setPosixFilePermissions(target, permissions((int) octal(header, 100, 8)));
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromTheLeft = PosixFilePermission.values();
    for (int i = 0; i < fromTheLeft.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(fromTheLeft[i]);
      }
    }
    return permissions;
  }

  private static byte[] block(InputStream tar) throws IOException {
    byte[] block = tar.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new EOFException("the archive ends without an end mark");
    }
    return block;
  }

  private static String text(byte[] header, int offset, int length) {
    String field = new String(header, offset, length, StandardCharsets.UTF_8);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }

  private static long octal(byte[] header, int offset, int length) throws IOException {
    String digits = text(header, offset, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new IOException(
          "the archive has the number '%s', which is not octal".formatted(digits));
    }
    return Long.parseLong(digits, 8);
  }
}
