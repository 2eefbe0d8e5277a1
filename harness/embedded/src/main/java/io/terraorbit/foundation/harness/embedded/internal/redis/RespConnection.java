package io.terraorbit.foundation.harness.embedded.internal.redis;

import io.terraorbit.foundation.harness.environment.Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to Redis that speaks what of RESP 2 we need; see the Redis serialization protocol
 * specification. Confined to one thread at a time.
 */
final class RespConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RespConnection open(Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
      return new RespConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a command and reads its reply.
   *
   * @return the reply's strings, flattened; a number as its digits, nothing for a nil
   * @throws IOException also for a reply that is an error
   */
  List<String> call(String... words) throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.write(ascii("*" + words.length + "\r\n"));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      command.write(ascii("$" + bytes.length + "\r\n"));
      command.write(bytes);
      command.write(ascii("\r\n"));
    }
    socket.getOutputStream().write(command.toByteArray());
    List<String> reply = new ArrayList<>();
    read(reply);
    return reply;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void read(List<String> reply) throws IOException {
    String line = line();
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> reply.add(rest);
      case '-' -> throw new IOException("Redis answered " + rest);
      case '$' -> bulk(Integer.parseInt(rest), reply);
      case '*' -> {
        for (int left = Integer.parseInt(rest); left > 0; left--) {
          read(reply);
        }
      }
      default -> throw new IOException("not a Redis reply: " + line);
    }
  }

  private void bulk(int length, List<String> reply) throws IOException {
    if (length >= 0) {
      reply.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      in.skipNBytes(2);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.write(next);
    }
    in.skipNBytes(1);
    if (line.size() == 0) {
      throw new IOException("not a Redis reply: an empty line");
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
