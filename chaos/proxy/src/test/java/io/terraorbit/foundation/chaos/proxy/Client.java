package io.terraorbit.foundation.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a proxy that speaks plain text and never waits for ever. */
final class Client implements AutoCloseable {
  private final Socket socket;

  private Client(Socket socket) {
    this.socket = socket;
  }

  static Client of(Proxy proxy) throws IOException {
    return of(proxy.port());
  }

  static Client of(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return new Client(socket);
  }

  Socket socket() {
    return socket;
  }

  Client send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Client send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Exactly this many bytes as text. */
  String receive(int bytes) throws IOException {
    byte[] read = socket.getInputStream().readNBytes(bytes);
    return new String(read, StandardCharsets.UTF_8);
  }

  String exchange(String text) throws IOException {
    return send(text).receive(text.length());
  }

  /** All until the end of the stream. */
  String receiveAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The next byte; -1 at the end of the stream. */
  int read() throws IOException {
    return socket.getInputStream().read();
  }

  Client patience(Duration longest) throws IOException {
    socket.setSoTimeout((int) longest.toMillis());
    return this;
  }

  Client halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
