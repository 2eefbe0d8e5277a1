package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The control API below HTTP's semantics: what a socket sees. */
class ControlConnectionTest {
  private final ChaosProxy server = ChaosProxy.builder().open();

  @AfterEach
  void close() {
    server.close();
  }

  private String talk(String request) throws Exception {
    try (Client client = Client.of(server.apiPort())) {
      return client.send(request).receiveAll();
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrderAndClosesWhenAsked() throws Exception {
    String answers =
        talk(
            "GET /version HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /proxies HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answers)
        .containsSubsequence("2.12.0", "404 page not found", "HTTP/1.1 200 OK", "{}");
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    assertThat(talk("GET\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
  }

  @Test
  void refusesABodyAboveAMegabyte() throws Exception {
    assertThat(
            talk(
                "POST /proxies HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9999999\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void refusesAPathThatCannotBeDecoded() throws Exception {
    assertThat(talk("GET /proxies/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
    assertThat(talk("GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void survivesAClientThatLeavesInTheMiddle() throws Exception {
    try (Client client = Client.of(server.apiPort())) {
      client.send("POST /proxies HTTP/1.1\r\nContent-Length: 100\r\n\r\n{");
      client.socket().setSoLinger(true, 0);
    }
    assertThat(new Api(server).call("GET", "/proxies")).isEqualTo("200 {}");
  }
}
