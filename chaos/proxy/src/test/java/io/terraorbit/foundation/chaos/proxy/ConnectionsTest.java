package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final Recorder recorder = new Recorder();
  private final ChaosProxy server = ChaosProxy.builder().apiPort(-1).observer(recorder).open();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aHalfClosedClientStillGetsItsAnswer() throws Exception {
    try (Upstream upstream =
            Upstream.serving(
                socket -> {
                  byte[] question = socket.getInputStream().readAllBytes();
                  socket
                      .getOutputStream()
                      .write(("re: " + text(question)).getBytes(StandardCharsets.UTF_8));
                  socket.close();
                });
        Client client = Client.of(server.create("p", "127.0.0.1:0", upstream.address()))) {
      assertThat(client.send("question").halfClose().receiveAll()).isEqualTo("re: question");
    }
    Awaiting.until("closed", () -> recorder.events().contains("p#1 closed 8/12"));
  }

  @Test
  void aHalfClosedUpstreamStillGetsTheRest() throws Exception {
    try (Upstream silent = Upstream.silent();
        Client client = Client.of(server.create("p", "127.0.0.1:0", silent.address()))) {
      Socket behind = silent.accepted();
      behind.shutdownOutput();
      assertThat(client.read()).isEqualTo(-1);
      client.send("more").halfClose();
      assertThat(text(behind.getInputStream().readAllBytes())).isEqualTo("more");
    }
  }

  @Test
  void aClientOfAnUpstreamThatIsDownIsAcceptedAndClosed() throws Exception {
    Upstream gone = Upstream.silent();
    gone.close();
    Proxy proxy = server.create("p", "127.0.0.1:0", gone.address());
    try (Client client = Client.of(proxy)) {
      assertThat(client.read()).isEqualTo(-1);
    }
    Awaiting.until("closed", () -> recorder.events().contains("p#1 closed 0/0"));
    Awaiting.until("the end is told", () -> recorder.events().size() == 2);
    assertThat(recorder.events()).containsExactly("p#1 opened", "p#1 closed 0/0");
  }

  @Test
  void upstreamAddressesThatAreNoneCloseTheClientToo() throws Exception {
    for (String upstream :
        List.of("nonsense", "no.such.host.invalid:1", "a:b:c", ":1", "x:99999")) {
      Proxy proxy = server.create(upstream, "127.0.0.1:0", upstream);
      try (Client client = Client.of(proxy)) {
        assertThat(client.read()).as(upstream).isEqualTo(-1);
      }
    }
  }

  @Test
  void aHostNameIsLookedUpForEachConnection() throws Exception {
    try (Upstream echo = Upstream.echo();
        Client client = Client.of(server.create("p", "localhost:0", "localhost:" + echo.port()))) {
      assertThat(client.exchange("hi")).isEqualTo("hi");
    }
  }

  @Test
  void anUpstreamThatResetsEndsTheClientsStream() throws Exception {
    try (Upstream silent = Upstream.silent();
        Client client = Client.of(server.create("p", "127.0.0.1:0", silent.address()))) {
      Socket behind = silent.accepted();
      behind.setSoLinger(true, 0);
      behind.close();
      assertThat(client.read()).isEqualTo(-1);
    }
    Awaiting.until("closed", () -> recorder.events().contains("p#1 closed 0/0"));
  }

  @Test
  void aClientThatResetsIsForgottenThoughAToxicSwallowsItsEnd() throws Exception {
    try (Upstream silent = Upstream.silent()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", silent.address());
      proxy.add(ToxicSpec.of(Direction.UPSTREAM, new Timeout(0)));
      Client client = Client.of(proxy);
      Socket behind = silent.accepted();
      client.socket().setSoLinger(true, 0);
      client.close();
      Awaiting.until("noticed", () -> recorder.events().contains("p#1 hit timeout_upstream"));
      behind.getOutputStream().write(1);
      Awaiting.until("closed", () -> recorder.events().contains("p#1 closed 0/0"));
      assertThat(behind.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anUpstreamThatEndsAfterItsClientDiedIsForgotten() throws Exception {
    try (Upstream silent = Upstream.silent()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", silent.address());
      proxy.add(ToxicSpec.of(Direction.UPSTREAM, new Timeout(0)));
      Client client = Client.of(proxy);
      Socket behind = silent.accepted();
      client.socket().setSoLinger(true, 0);
      client.close();
      Awaiting.until("noticed", () -> recorder.events().contains("p#1 hit timeout_upstream"));
      behind.shutdownOutput();
      Awaiting.until("closed", () -> proxy.stats().openConnections() == 0);
    }
  }

  @Test
  void aReaderThatStopsStopsTheSender() throws Exception {
    try (Upstream silent = Upstream.silent();
        Client client = Client.of(server.create("p", "127.0.0.1:0", silent.address()))) {
      Socket behind = silent.accepted();
      AtomicLong sent = new AtomicLong();
      int total = 64 << 20;
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                byte[] block = new byte[1 << 16];
                for (int i = 0; i < total / block.length; i++) {
                  sendBlock(client, block);
                  sent.addAndGet(block.length);
                }
              });
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(total);
      assertThat(behind.getInputStream().readNBytes(total)).hasSize(total);
      sending.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStalledToxicStopsTheSenderToo() throws Exception {
    try (Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      proxy.add(ToxicSpec.of(Direction.UPSTREAM, new Bandwidth(0)));
      try (Client client = Client.of(proxy)) {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending =
            CompletableFuture.runAsync(
                () -> {
                  byte[] block = new byte[1 << 16];
                  for (int i = 0; i < 1024; i++) {
                    sendBlock(client, block);
                    sent.addAndGet(block.length);
                  }
                });
        awaitStandstill(sent);
        assertThat(sent.get()).isLessThan(64 << 20);
        proxy.disable();
        assertThat(sending).failsWithin(Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void twoHundredConnectionsAtOnceEachGetTheirOwnAnswers() throws Exception {
    try (Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(Client.of(proxy).send("client " + (1000 + i)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(clients.get(i).receive(11)).isEqualTo("client " + (1000 + i));
      }
      assertThat(proxy.stats()).isEqualTo(new ProxyStats(200, 200, 2200, 2200));
      for (Client client : clients) {
        client.close();
      }
      Awaiting.until("closed", () -> proxy.stats().openConnections() == 0);
      assertThat(recorder.count(event -> event.endsWith("closed 11/11"))).isEqualTo(200);
    }
  }

  @Test
  void deletingClosesConnectionsAndFreesNameAndPort() throws Exception {
    try (Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      try (Client client = Client.of(proxy)) {
        client.exchange("x");
        proxy.delete();
        proxy.delete();
        assertThat(client.read()).isEqualTo(-1);
      }
      assertThat(server.find("p")).isEmpty();
      Proxy again = server.create("p", proxy.listen(), echo.address());
      assertThat(again.port()).isEqualTo(proxy.port());
    }
  }

  @Test
  void severingWhileConnectionsComeLeavesNoneOpen() throws Exception {
    try (Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      CountDownLatch first = new CountDownLatch(20);
      Thread clients =
          new Thread(
              () -> {
                try {
                  for (; ; ) {
                    try (Client client = Client.of(proxy)) {
                      client.exchange("x");
                      first.countDown();
                    }
                  }
                } catch (Exception e) {
                  // Refused or reset: the end that the test is about.
                }
              });
      clients.start();
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
      proxy.sever();
      clients.join(20_000);
      assertThat(clients.isAlive()).isFalse();
      Awaiting.until("closed", () -> proxy.stats().openConnections() == 0);
    }
  }

  private static void awaitStandstill(AtomicLong sent) {
    long[] last = {-1};
    int[] same = {0};
    Awaiting.until(
        "the sender stands still",
        () -> {
          same[0] = sent.get() == last[0] ? same[0] + 1 : 0;
          last[0] = sent.get();
          return last[0] > 0 && same[0] > 100;
        });
  }

  private static void sendBlock(Client client, byte[] block) {
    try {
      client.send(block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
