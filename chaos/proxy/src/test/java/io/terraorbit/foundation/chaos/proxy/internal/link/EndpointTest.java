package io.terraorbit.foundation.chaos.proxy.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:80, localhost, 80, localhost:80",
    "[::1]:80, ::1, 80, [::1]:80",
    ":80, '', 80, :80",
    "host:, host, 0, host:0",
    "'', '', 0, :0"
  })
  void readsAddressesAsGoDoes(String text, String host, int port, String shown) {
    Endpoint endpoint = Endpoint.parse(text);
    assertThat(endpoint).isEqualTo(new Endpoint(host, port));
    assertThat(endpoint.text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, address nonsense: missing port in address",
    "[::1], address [::1]: missing port in address",
    "::1:80, address ::1:80: too many colons in address",
    "host:http, lookup tcp/http: unknown port",
    "host:65536, address 65536: invalid port",
    "host:123456, address 123456: invalid port"
  })
  void refusesOthersInGosWords(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessage(message);
  }

  @Test
  void showsTheBoundAddressInNumbers() throws Exception {
    try (Lookup lookup = new Lookup();
        ServerSocketChannel socket = Listening.bind(Listening.resolve("localhost:0", lookup))) {
      assertThat(Listening.address(socket))
          .isEqualTo("127.0.0.1:" + socket.socket().getLocalPort());
      assertThat(Listening.text(new InetSocketAddress("::1", 5))).isEqualTo("[::1]:5");
    }
  }

  @Test
  void findsNothingAfterTheLookupIsClosed() {
    Lookup lookup = new Lookup();
    lookup.close();
    assertThat(lookup.find("127.0.0.1")).isCompleted();
    assertThat(lookup.find("localhost")).isCompletedExceptionally();
    assertThatThrownBy(() -> Listening.resolve("localhost:1", lookup))
        .isInstanceOf(ListenFailure.class)
        .hasMessage("lookup localhost: no such host");
  }
}
