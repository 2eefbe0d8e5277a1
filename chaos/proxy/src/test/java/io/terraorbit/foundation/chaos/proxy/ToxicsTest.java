package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each toxic does to real sockets; the details of time are in the tests of the stages. */
class ToxicsTest {
  private final Recorder recorder = new Recorder();
  private final Upstream echo = Upstream.echo();
  private final ChaosProxy server =
      ChaosProxy.builder().apiPort(-1).seed(7).observer(recorder).open();
  private final Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());

  @AfterEach
  void closeAll() {
    server.close();
    echo.close();
  }

  private void add(Direction stream, Toxic toxic) {
    proxy.add(ToxicSpec.of(stream, toxic));
  }

  private static long millisOf(ThrowingCall call) throws Exception {
    long start = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  interface ThrowingCall {
    void run() throws Exception;
  }

  @Test
  void latenciesOfBothStreamsAddUp() throws Exception {
    add(Direction.UPSTREAM, new Latency(100, 0));
    add(Direction.DOWNSTREAM, new Latency(100, 10));
    try (Client client = Client.of(proxy)) {
      assertThat(millisOf(() -> assertThat(client.exchange("hi")).isEqualTo("hi")))
          .isGreaterThanOrEqualTo(190);
    }
    assertThat(recorder.events())
        .contains("p#1 hit latency_upstream", "p#1 hit latency_downstream");
  }

  @Test
  void latencyAddedToAnOpenConnectionDelaysIt() throws Exception {
    try (Client client = Client.of(proxy)) {
      client.exchange("hi");
      add(Direction.DOWNSTREAM, new Latency(150, 0));
      assertThat(millisOf(() -> client.exchange("again"))).isGreaterThanOrEqualTo(150);
    }
  }

  @Test
  void latencyRemovedPassesWhatItHeldAtOnceAndInOrder() throws Exception {
    try (Client client = Client.of(proxy)) {
      add(Direction.DOWNSTREAM, new Latency(3_600_000, 0));
      client.send("one ");
      Awaiting.until("the toxic holds", () -> hits("latency_downstream") == 1);
      client.send("two");
      assertThatThrownBy(() -> client.patience(Duration.ofMillis(100)).read())
          .isInstanceOf(SocketTimeoutException.class);
      proxy.remove("latency_downstream");
      assertThat(client.patience(Duration.ofSeconds(20)).receive(7)).isEqualTo("one two");
      assertThat(client.exchange("three")).isEqualTo("three");
    }
  }

  @Test
  void latencyUpdatedPassesTheChunkInHand() throws Exception {
    try (Client client = Client.of(proxy)) {
      add(Direction.DOWNSTREAM, new Latency(3_600_000, 0));
      client.send("one");
      Awaiting.until("the toxic holds", () -> hits("latency_downstream") == 1);
      ToxicSpec updated = proxy.update("latency_downstream", new Latency(3_000_000, 0), 1);
      assertThat(updated.toxic()).isEqualTo(new Latency(3_000_000, 0));
      assertThat(client.receive(3)).isEqualTo("one");
    }
  }

  @Test
  void bandwidthSlowsDown() throws Exception {
    add(Direction.DOWNSTREAM, new Bandwidth(100));
    try (Client client = Client.of(proxy)) {
      assertThat(millisOf(() -> client.exchange("x".repeat(30_000)))).isGreaterThanOrEqualTo(290);
    }
  }

  @Test
  void slowCloseHoldsTheEndBack() throws Exception {
    add(Direction.DOWNSTREAM, new SlowClose(200));
    try (Client client = Client.of(proxy)) {
      client.exchange("hi");
      assertThat(millisOf(() -> assertThat(client.halfClose().read()).isEqualTo(-1)))
          .isGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void timeoutDropsDataAndClosesIdleConnections() throws Exception {
    add(Direction.DOWNSTREAM, new Timeout(200));
    try (Client client = Client.of(proxy)) {
      client.send("lost");
      assertThat(client.receiveAll()).isEmpty();
    }
    Awaiting.until("closed", () -> recorder.events().contains("p#1 closed 4/0"));
    assertThat(proxy.stats().openConnections()).isZero();
  }

  @Test
  void timeoutRemovedClosesTheConnectionsThatItAffectedAndNoOthers() throws Exception {
    try (Client affected = Client.of(proxy);
        Client spared = Client.of(proxy)) {
      affected.exchange("x");
      spared.exchange("x");
      add(Direction.DOWNSTREAM, new Timeout(0));
      assertThatThrownBy(() -> affected.send("y").patience(Duration.ofMillis(100)).read())
          .isInstanceOf(SocketTimeoutException.class);
      proxy.update("timeout_downstream", new Timeout(0), 1);
      proxy.remove("timeout_downstream");
      assertThat(affected.patience(Duration.ofSeconds(20)).read()).isEqualTo(-1);
      assertThat(spared.read()).isEqualTo(-1);
    }
    proxy.add(new ToxicSpec("off", Direction.DOWNSTREAM, 0, new Timeout(0)));
    try (Client client = Client.of(proxy)) {
      client.exchange("x");
      proxy.remove("off");
      assertThat(client.exchange("still here")).isEqualTo("still here");
    }
  }

  @Test
  void resetPeerResetsBothSides() throws Exception {
    try (Upstream silent = Upstream.silent()) {
      Proxy toSilent = server.create("silent", "127.0.0.1:0", silent.address());
      toSilent.add(ToxicSpec.of(Direction.UPSTREAM, new ResetPeer(100)));
      try (Client client = Client.of(toSilent)) {
        Socket behind = silent.accepted();
        client.send("x");
        assertThatThrownBy(client::read)
            .isInstanceOf(SocketException.class)
            .hasMessageContaining("reset");
        assertThatThrownBy(() -> behind.getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessageContaining("reset");
      }
    }
  }

  @Test
  void resetPeerWithoutToxicityLeavesConnectionsAndTheirEndAlone() throws Exception {
    proxy.add(new ToxicSpec("off", Direction.DOWNSTREAM, 0, new ResetPeer(0)));
    try (Client client = Client.of(proxy)) {
      assertThat(client.exchange("x")).isEqualTo("x");
      proxy.disable();
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void slicerCutsWhatTheReaderSees() throws Exception {
    add(Direction.DOWNSTREAM, new Slicer(10, 0, 2_000));
    try (Client client = Client.of(proxy)) {
      String text = "0123456789".repeat(10);
      assertThat(millisOf(() -> assertThat(client.exchange(text)).isEqualTo(text)))
          .isGreaterThanOrEqualTo(10);
    }
    assertThat(hits("slicer_downstream")).isEqualTo(1);
  }

  @Test
  void limitDataClosesAfterSoManyBytes() throws Exception {
    add(Direction.DOWNSTREAM, new LimitData(5));
    try (Client client = Client.of(proxy)) {
      assertThat(client.send("0123456789").receiveAll()).isEqualTo("01234");
    }
    try (Client client = Client.of(proxy)) {
      assertThat(client.exchange("0123")).isEqualTo("0123");
      proxy.update("limit_data_downstream", new LimitData(3), 1);
      assertThat(client.send("4").receiveAll()).isEmpty();
    }
  }

  @Test
  void limitDataThenLatencyDelaysTheCloseBehindTheData() throws Exception {
    add(Direction.DOWNSTREAM, new LimitData(5));
    add(Direction.DOWNSTREAM, new Latency(150, 0));
    try (Client client = Client.of(proxy)) {
      assertThat(
              millisOf(() -> assertThat(client.send("0123456789").receiveAll()).isEqualTo("01234")))
          .isGreaterThanOrEqualTo(150);
    }
  }

  @Test
  void noopIsNeverReported() throws Exception {
    add(Direction.UPSTREAM, new Noop());
    try (Client client = Client.of(proxy)) {
      assertThat(client.exchange("x")).isEqualTo("x");
    }
    assertThat(recorder.events()).noneMatch(event -> event.contains("hit"));
  }

  @Test
  void aToxicInTheMiddleOfTheChainIsTakenOut() throws Exception {
    proxy.add(new ToxicSpec("first", Direction.DOWNSTREAM, 1, new Noop()));
    proxy.add(new ToxicSpec("middle", Direction.DOWNSTREAM, 1, new Bandwidth(0)));
    proxy.add(new ToxicSpec("last", Direction.DOWNSTREAM, 1, new Latency(50, 0)));
    try (Client client = Client.of(proxy)) {
      client.send("x");
      Awaiting.until("stalled", () -> hits("middle") == 1);
      proxy.remove("middle");
      assertThat(client.receive(1)).isEqualTo("x");
      proxy.remove("last");
      proxy.remove("first");
      assertThat(client.exchange("y")).isEqualTo("y");
    }
    assertThat(proxy.toxics()).isEmpty();
  }

  private long hits(String toxic) {
    return recorder.count(event -> event.endsWith("hit " + toxic));
  }
}
