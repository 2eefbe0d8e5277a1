package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChaosProxyTest {
  private final Upstream echo = Upstream.echo();
  private final ChaosProxy server = ChaosProxy.builder().apiPort(-1).seed(42).open();
  private final Proxy proxy = server.create("echo", "127.0.0.1:0", echo.address());

  @AfterEach
  void closeAll() {
    server.close();
    echo.close();
  }

  @Test
  void passesBytesBothWays() throws Exception {
    try (Client client = Client.of(proxy)) {
      assertThat(client.exchange("hello")).isEqualTo("hello");
      assertThat(proxy.stats()).isEqualTo(new ProxyStats(1, 1, 5, 5));
    }
  }

  @Test
  void delaysAnswersByTheLatency() throws Exception {
    proxy.add(ToxicSpec.of(Direction.DOWNSTREAM, new Latency(200, 0)));
    try (Client client = Client.of(proxy)) {
      long start = System.nanoTime();
      assertThat(client.exchange("hello")).isEqualTo("hello");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
    }
  }

  @Test
  void resetsAConnectionThatWasOpenBeforeTheToxic() throws Exception {
    try (Client client = Client.of(proxy)) {
      client.exchange("hello");
      proxy.add(ToxicSpec.of(Direction.DOWNSTREAM, new ResetPeer(0)));
      client.send("again");
      assertThatThrownBy(client::read)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void listensOnTheSamePortEveryTimeItIsEnabledAgain() throws Exception {
    int port = proxy.port();
    for (int round = 0; round < 100; round++) {
      try (Client client = Client.of(proxy)) {
        client.exchange("x");
        proxy.disable();
        assertThat(client.read()).isEqualTo(-1);
        assertThatThrownBy(() -> Client.of(port)).isInstanceOf(ConnectException.class);
        proxy.enable();
        assertThat(proxy.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void severedResetsOpenConnectionsAndRefusesNewOnesForGood() throws Exception {
    try (Client client = Client.of(proxy)) {
      client.exchange("x");
      proxy.sever();
      assertThatThrownBy(client::read)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThatThrownBy(() -> Client.of(proxy)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(proxy::enable)
        .isInstanceOf(AppException.class)
        .hasMessage(
            "PROXY_SEVERED: the proxy 'echo' was severed. that is for good, as the crash of a"
                + " machine is for its processes.%nDelete the proxy and create it anew."
                    .formatted());
    assertThat(proxy.enabled()).isFalse();
  }
}
