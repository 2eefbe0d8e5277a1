package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ArchiveTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  @Test
  void unpacksFilesDirectoriesAndLinksWithTheirModes() throws Exception {
    entry('5', "share/", "0000755", "", "");
    entry('0', "bin/tool", "0000755", "", "x".repeat(513));
    entry('0', "share/notes", "0000640", "", "hello");
    entry((char) 0, "share/empty", "0000644", "", "");
    entry('2', "bin/alias", "0000777", "tool", "");
    end();

    ByteArrayOutputStream txz = new ByteArrayOutputStream();
    try (var out = new XZOutputStream(txz, new LZMA2Options(0))) {
      out.write(tar.toByteArray());
    }
    Archive.unpackTxz(new ByteArrayInputStream(txz.toByteArray()), directory);

    assertThat(directory.resolve("bin/tool")).hasContent("x".repeat(513)).isExecutable();
    assertThat(directory.resolve("share/notes")).hasContent("hello");
    assertThat(modeOf("share/notes")).isEqualTo("rw-r-----");
    assertThat(modeOf("bin/tool")).isEqualTo("rwxr-xr-x");
    assertThat(directory.resolve("share/empty")).isEmptyFile();
    assertThat(Files.readSymbolicLink(directory.resolve("bin/alias"))).hasToString("tool");
  }

  @Test
  void refusesAnEntryThatLeavesTheDirectory() throws Exception {
    entry('0', "../evil", "0000644", "", "x");
    end();

    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive's entry '../evil' leaves its directory");
  }

  @Test
  void refusesALinkThatLeavesTheDirectory() throws Exception {
    entry('2', "lib/evil", "0000777", "../../etc/passwd", "");
    end();

    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive's link to '../../etc/passwd' leaves its directory");
  }

  @Test
  void refusesAKindOfEntryThatItDoesNotKnow() throws Exception {
    entry('3', "dev/null", "0000644", "", "");
    end();

    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive's entry 'dev/null' is of the unknown type '3'");
  }

  @Test
  void refusesANumberThatIsNotOctal() throws Exception {
    entry('0', "a", "rwxrwxr", "", "");
    end();

    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive has the number 'rwxrwxr', which is not octal");
  }

  @Test
  void noticesThatTheArchiveIsCutOffBetweenEntries() throws Exception {
    entry('0', "a", "0000644", "", "content");

    assertThatThrownBy(this::unpack)
        .isInstanceOf(EOFException.class)
        .hasMessage("the archive ends without an end mark");
  }

  @Test
  void noticesThatTheArchiveIsCutOffWithinAFile() throws Exception {
    entry('0', "a", "0000644", "", "content");
    byte[] cut = java.util.Arrays.copyOf(tar.toByteArray(), 515);

    assertThatThrownBy(() -> Archive.unpackTar(new ByteArrayInputStream(cut), directory))
        .isInstanceOf(EOFException.class)
        .hasMessage("the archive ends within 'a'");
  }

  private void unpack() throws IOException {
    Archive.unpackTar(new ByteArrayInputStream(tar.toByteArray()), directory);
  }

  private String modeOf(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private void entry(char type, String name, String mode, String link, String content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, mode);
    put(header, 124, "%011o".formatted(content.length()));
    header[156] = (byte) type;
    put(header, 157, link);
    tar.writeBytes(header);
    tar.writeBytes(content.getBytes(StandardCharsets.US_ASCII));
    tar.writeBytes(new byte[(512 - content.length() % 512) % 512]);
  }

  private void end() {
    tar.writeBytes(new byte[1024]);
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
