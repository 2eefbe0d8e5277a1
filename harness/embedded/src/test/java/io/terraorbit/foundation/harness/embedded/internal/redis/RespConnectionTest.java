package io.terraorbit.foundation.harness.embedded.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RespConnectionTest {
  @Test
  void sendsWordsAsBulkStrings() throws Exception {
    try (ServerSocket server = listen();
        RespConnection connection = open(server);
        Socket accepted = server.accept()) {
      answer(accepted, "+OK\r\n");

      connection.call("SET", "ключ", "");

      String expected = "*3\r\n$3\r\nSET\r\n$8\r\nключ\r\n$0\r\n\r\n";
      accepted.setSoTimeout(30_000);
      assertThat(accepted.getInputStream().readNBytes(expected.length() + 4))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(expected);
    }
  }

  @Test
  void readsEveryKindOfReply() throws Exception {
    assertThat(replyTo("+PONG\r\n")).containsExactly("PONG");
    assertThat(replyTo(":42\r\n")).containsExactly("42");
    assertThat(replyTo("$5\r\na\r\nbc\r\n")).containsExactly("a\r\nbc");
    assertThat(replyTo("$-1\r\n")).isEmpty();
    assertThat(replyTo("*2\r\n$1\r\na\r\n*1\r\n:7\r\n")).containsExactly("a", "7");
  }

  @Test
  void throwsAnErrorReply() {
    assertThatThrownBy(() -> replyTo("-ERR DB index is out of range\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("Redis answered ERR DB index is out of range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400\r\n", "\r\n"})
  void noticesThatTheOtherSideIsNotRedis(String reply) {
    assertThatThrownBy(() -> replyTo(reply))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not a Redis reply");
  }

  @Test
  void noticesThatTheConnectionIsClosed() {
    assertThatThrownBy(() -> replyTo(""))
        .isInstanceOf(EOFException.class)
        .hasMessage("Redis closed the connection");
  }

  @Test
  void failsWhenNobodyListens() throws Exception {
    ServerSocket server = listen();
    server.close();

    assertThatThrownBy(() -> open(server)).isInstanceOf(IOException.class);
  }

  private static List<String> replyTo(String reply) throws Exception {
    try (ServerSocket server = listen();
        RespConnection connection = open(server)) {
      try (Socket accepted = server.accept()) {
        answer(accepted, reply);
        accepted.shutdownOutput();
        return connection.call("PING");
      }
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  }

  private static RespConnection open(ServerSocket server) throws IOException {
    return RespConnection.open(Endpoint.loopback(server.getLocalPort()));
  }

  private static void answer(Socket socket, String reply) throws IOException {
    socket.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
  }
}
