package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedTest {
  private static final int CONNECTIONS = 60;

  /** Which of the connections a toxic of half toxicity met, in a server of its own. */
  private static List<String> hits(long seed, boolean otherToxicFirst) throws Exception {
    Recorder recorder = new Recorder();
    try (Upstream echo = Upstream.echo();
        ChaosProxy server = ChaosProxy.builder().apiPort(-1).seed(seed).observer(recorder).open()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      if (otherToxicFirst) {
        proxy.add(new ToxicSpec("other", Direction.UPSTREAM, 0.5, new Latency(0, 0)));
      }
      proxy.add(new ToxicSpec("half", Direction.DOWNSTREAM, 0.5, new Slicer(1, 0, 0)));
      for (int i = 0; i < CONNECTIONS; i++) {
        try (Client client = Client.of(proxy)) {
          assertThat(client.exchange("abcdef")).isEqualTo("abcdef");
        }
      }
      assertThat(server.seed()).isEqualTo(seed);
    }
    return recorder.events().stream().filter(event -> event.contains("hit")).toList();
  }

  @Test
  void theSameSeedAffectsTheSameConnections() throws Exception {
    List<String> hits = hits(42, false);
    assertThat(hits).hasSizeBetween(15, 45).isEqualTo(hits(42, false));
  }

  @Test
  void anotherSeedAffectsOthers() throws Exception {
    assertThat(hits(42, false)).isNotEqualTo(hits(43, false));
  }

  @Test
  void anotherToxicDoesNotChangeWhomThisOneAffects() throws Exception {
    assertThat(hits(42, true)).isEqualTo(hits(42, false));
  }

  @Test
  void eachUpdateDrawsAnewOnAnOpenConnection() throws Exception {
    Recorder recorder = new Recorder();
    try (Upstream echo = Upstream.echo();
        ChaosProxy server = ChaosProxy.builder().apiPort(-1).seed(1).observer(recorder).open()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      int affected = 0;
      try (Client client = Client.of(proxy)) {
        client.exchange("x");
        for (int i = 0; i < 40; i++) {
          String name = "half" + i % 2;
          proxy.add(new ToxicSpec(name, Direction.DOWNSTREAM, 0.5, new Slicer(1, 0, 0)));
          int before = recorder.events().size();
          client.exchange("abc");
          affected += recorder.events().size() - before;
          proxy.remove(name);
        }
      }
      assertThat(affected).isBetween(5, 35);
    }
  }

  @Test
  void toxicityBeyondItsRangeMeansNoneOrAll() throws Exception {
    Recorder recorder = new Recorder();
    try (Upstream echo = Upstream.echo();
        ChaosProxy server = ChaosProxy.builder().apiPort(-1).observer(recorder).open()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      proxy.add(new ToxicSpec("none", Direction.DOWNSTREAM, -1, new Slicer(1, 0, 0)));
      proxy.add(new ToxicSpec("all", Direction.UPSTREAM, 7.25, new Slicer(1, 0, 0)));
      for (int i = 0; i < 10; i++) {
        try (Client client = Client.of(proxy)) {
          client.exchange("abc");
        }
      }
    }
    assertThat(recorder.count(event -> event.endsWith("hit all"))).isEqualTo(10);
    assertThat(recorder.count(event -> event.endsWith("hit none"))).isZero();
  }
}
