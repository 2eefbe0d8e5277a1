package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.Link;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxiedLinksTest {
  private static final Action.LinkToxic LATENCY =
      new Action.LinkToxic("latency", "downstream", Map.of("latency", 1L), 1.0);

  private final BlockingQueue<String> hits = new LinkedBlockingQueue<>();
  private final ProxiedLinks links =
      ProxiedLinks.open(
          1,
          TimeSource.system(),
          (id, client, service, connection) ->
              hits.add("%s %s %s %d".formatted(id, client, service.key(), connection)));

  private ServerSocket server;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread echo =
        new Thread(
            () -> {
              while (true) {
                try {
                  Socket client = server.accept();
                  Thread answering = new Thread(() -> echo(client));
                  answering.setDaemon(true);
                  answering.start();
                } catch (IOException e) {
                  return;
                }
              }
            });
    echo.setDaemon(true);
    echo.start();
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // The client went away.
    }
  }

  @AfterEach
  void close() throws IOException {
    links.close();
    server.close();
  }

  @Test
  void passBytesOnAndHitNothingWithoutAFault() throws Exception {
    Link link = open("a", Service.POSTGRES);
    assertThat(link.client()).isEqualTo("a");
    assertThat(link.service()).isEqualTo(Service.POSTGRES);
    assertThat(roundTrip(link)).isEqualTo(7);
    assertThat(hits).isEmpty();
  }

  @Test
  void areDisturbedByServiceAlsoWhenTheyOpenLaterUntilHealed() throws Exception {
    Link before = open("a", Service.POSTGRES);
    Link other = open("a", Service.REDIS);
    links.add("slow", Service.POSTGRES, LATENCY);
    Link after = open("b", Service.POSTGRES);
    assertThat(roundTrip(before)).isEqualTo(7);
    assertThat(hits.poll(30, TimeUnit.SECONDS)).isEqualTo("slow a postgres 1");
    assertThat(roundTrip(after)).isEqualTo(7);
    assertThat(hits.poll(30, TimeUnit.SECONDS)).isEqualTo("slow b postgres 1");
    assertThat(roundTrip(other)).isEqualTo(7);
    links.remove("slow");
    links.remove("slow");
    assertThat(roundTrip(before)).isEqualTo(7);
    assertThat(roundTrip(open("c", Service.POSTGRES))).isEqualTo(7);
    assertThat(hits).isEmpty();
  }

  @Test
  void areCutForGood() throws Exception {
    Link link = open("a", Service.POSTGRES);
    try (Socket socket = connect(link)) {
      socket.getOutputStream().write(7);
      assertThat(socket.getInputStream().read()).isEqualTo(7);
      link.sever();
      assertThatThrownBy(
              () -> {
                if (socket.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
    links.add("slow", Service.POSTGRES, LATENCY);
    links.remove("slow");
    link.close();
    assertThatThrownBy(() -> roundTrip(link)).isInstanceOf(IOException.class);
  }

  @Test
  void mayBeOpenedAgainByTheSameClientOnceClosed() throws Exception {
    open("a", Service.POSTGRES).close();
    links.add(
        "up",
        Service.POSTGRES,
        new Action.LinkToxic("latency", "upstream", Map.of("latency", 1L), 1));
    assertThat(roundTrip(open("a", Service.POSTGRES))).isEqualTo(7);
    assertThat(hits.poll(30, TimeUnit.SECONDS)).isEqualTo("up a postgres 1");
  }

  private Link open(String client, Service service) {
    return links.open(client, service, Endpoint.loopback(server.getLocalPort()));
  }

  private static int roundTrip(Link link) throws IOException {
    try (Socket socket = connect(link)) {
      socket.getOutputStream().write(7);
      return socket.getInputStream().read();
    }
  }

  private static Socket connect(Link link) throws IOException {
    Socket socket = new Socket(link.endpoint().host(), link.endpoint().port());
    socket.setSoTimeout(30_000);
    return socket;
  }
}
