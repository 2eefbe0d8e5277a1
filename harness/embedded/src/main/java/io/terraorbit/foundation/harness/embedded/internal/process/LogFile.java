package io.terraorbit.foundation.harness.embedded.internal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the end of a log without reading the whole of it. Stateless. */
final class LogFile {
  private static final int WINDOW = 256 << 10;

  private LogFile() {}

  static List<String> tail(Path file, int lines) {
    if (lines < 0) {
      throw new IllegalArgumentException("a number of lines is zero or more, got " + lines);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long start = Math.max(0, channel.size() - WINDOW);
      ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - start));
      channel.position(start);
      while (end.hasRemaining() && channel.read(end) >= 0) {}
      String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
      List<String> all = text.lines().toList();
      int partial = start > 0 ? 1 : 0;
      return List.copyOf(all.subList(Math.max(partial, all.size() - lines), all.size()));
    } catch (IOException e) {
      return List.of(); // the server has ended and its directory is gone
    }
  }
}
