package io.terraorbit.foundation.harness.kube;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  RawClient(KubeApiServer server) throws IOException {
    socket = new Socket("127.0.0.1", server.secureUrl().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  void send(String latin) throws IOException {
    send(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException e) {
      // The server may hang up before it has read all.
    }
  }

  /** Reads until the text is there. */
  String readUntil(String latin) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(latin) < 0) {
      read.append((char) (readByte() & 0xff));
    }
    return read.toString();
  }

  byte[] read(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = readByte();
    }
    return bytes;
  }

  /** Reads until the server hangs up. */
  String readAll() throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n > 0;
          n = socket.getInputStream().read(buffer)) {
        read.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException e) {
      // Reset after the answer.
    }
    return read.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte readByte() throws IOException {
    int next = socket.getInputStream().read();
    if (next < 0) {
      throw new EOFException();
    }
    return (byte) next;
  }
}
