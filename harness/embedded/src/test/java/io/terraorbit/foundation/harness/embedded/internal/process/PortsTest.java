package io.terraorbit.foundation.harness.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void findsAPortThatIsFree() {
    int port = Ports.free();

    assertThat(port).isBetween(1, 65_535);
    assertThat(Ports.isFree(port)).isTrue();
  }

  @Test
  void knowsAPortThatSomebodyListensOn() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
    }
  }
}
