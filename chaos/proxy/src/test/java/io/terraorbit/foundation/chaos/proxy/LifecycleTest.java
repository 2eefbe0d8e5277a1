package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static Set<Thread> proxyThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("foundation-proxy-"))
        .collect(Collectors.toSet());
  }

  @Test
  void closingLeavesNoThreadAndNoSocket() throws Exception {
    Set<Thread> before = proxyThreads();
    Recorder recorder = new Recorder();
    try (Upstream echo = Upstream.echo()) {
      ChaosProxy server = ChaosProxy.builder().observer(recorder).open();
      Proxy proxy = server.create("p", "127.0.0.1:0", "localhost:" + echo.port());
      new Api(server).call("GET", "/proxies");
      Client client = Client.of(proxy);
      client.exchange("x");
      assertThat(proxyThreads()).allMatch(Thread::isDaemon).hasSizeGreaterThan(before.size());
      long start = System.nanoTime();
      server.close();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      Set<Thread> left = proxyThreads();
      left.removeAll(before);
      left.removeIf(thread -> !thread.isAlive());
      assertThat(left).isEmpty();
      assertThat(client.read()).isEqualTo(-1);
      client.close();
      assertThatThrownBy(() -> Client.of(proxy)).isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> Client.of(server.apiPort())).isInstanceOf(ConnectException.class);
      Awaiting.until("the end is told", () -> recorder.events().size() == 2);
      assertThat(recorder.events()).containsExactly("p#1 opened", "p#1 closed 1/1");
    }
  }

  @Test
  void closingFromAnObserverDoesNotWaitForItself() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    ChaosProxy[] server = new ChaosProxy[1];
    ProxyObserver closing =
        new ProxyObserver() {
          @Override
          public void connectionOpened(Proxy proxy, long connectionId) {
            server[0].close();
            closed.countDown();
          }
        };
    server[0] = ChaosProxy.builder().observer(closing).open();
    try (Upstream echo = Upstream.echo();
        Client client = Client.of(server[0].create("p", "127.0.0.1:0", echo.address()))) {
      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(endOf(client)).isTrue();
    }
  }

  private static boolean endOf(Client client) {
    try {
      return client.read() == -1;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void anObserverMayChangeToxics() throws Exception {
    ProxyObserver once =
        new ProxyObserver() {
          @Override
          public void toxicHit(Proxy proxy, String toxicName, long connectionId) {
            proxy.remove(toxicName);
          }
        };
    try (ChaosProxy server = ChaosProxy.builder().apiPort(-1).observer(once).open();
        Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      proxy.add(ToxicSpec.of(Direction.DOWNSTREAM, new Bandwidth(0)));
      try (Client client = Client.of(proxy)) {
        assertThat(client.exchange("abc")).isEqualTo("abc");
      }
      assertThat(proxy.toxics()).isEmpty();
    }
  }

  @Test
  void aClosedServerTakesNoMoreProxies() {
    ChaosProxy server = ChaosProxy.builder().apiPort(-1).open();
    Proxy proxy = server.create("p", "127.0.0.1:0", "127.0.0.1:9");
    server.close();
    assertThat(server.apiPort()).isEqualTo(-1);
    assertThatIllegalStateException()
        .isThrownBy(() -> server.create("q", "127.0.0.1:0", "127.0.0.1:9"))
        .withMessage("proxy 'q' asked of a closed server");
    assertThatThrownBy(proxy::enable)
        .isInstanceOf(AppException.class)
        .hasMessage(
            "PROXY_DELETED: the proxy 'p' was deleted. a deleted proxy does not come back.%nCreate it anew."
                .formatted());
    proxy.sever();
    proxy.disable();
  }

  @Test
  void theApiPortMayBeChosen() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
      assertThatThrownBy(() -> ChaosProxy.builder().host("localhost").apiPort(port).open())
          .isInstanceOf(AppException.class)
          .hasMessage(
              ("PROXY_API_PORT_TAKEN: the control API cannot listen on localhost:%d (listen tcp"
                      + " 127.0.0.1:%d: bind: address already in use). the address has to be this"
                      + " machine's and its port free.%nChoose another port (0 takes a free one, -1"
                      + " means no API).")
                  .formatted(port, port));
    }
    try (ChaosProxy server = ChaosProxy.builder().apiPort(port).open()) {
      assertThat(server.apiPort()).isEqualTo(port);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChaosProxy.builder().apiPort(-2))
        .withMessage("apiPort is -1 to 65535, got -2");
    assertThatIllegalArgumentException().isThrownBy(() -> ChaosProxy.builder().apiPort(65536));
  }

  @Test
  void proxiesAreFoundListedAndReset() {
    try (ChaosProxy server = ChaosProxy.builder().apiPort(-1).open()) {
      Proxy b = server.create("b", "127.0.0.1:0", "127.0.0.1:9");
      Proxy a = server.create("a", "127.0.0.1:0", "127.0.0.1:9");
      a.add(ToxicSpec.of(Direction.DOWNSTREAM, new Noop()));
      b.disable();
      assertThat(server.proxies()).containsExactly(a, b);
      assertThat(server.find("a")).contains(a);
      assertThat(server.find("c")).isEmpty();
      server.reset();
      assertThat(a.toxics()).isEmpty();
      assertThat(b.enabled()).isTrue();
      assertThat(a.upstream()).isEqualTo("127.0.0.1:9");
      assertThat(a.listen()).isEqualTo("127.0.0.1:" + a.port());
    }
  }

  @Test
  void anEmptyAddressListensEverywhere() throws Exception {
    try (ChaosProxy server = ChaosProxy.builder().apiPort(-1).open();
        Upstream echo = Upstream.echo()) {
      Proxy proxy = server.create("p", "", echo.address());
      assertThat(proxy.listen()).endsWith(":" + proxy.port());
      proxy.enable();
      try (Client client = Client.of(proxy)) {
        assertThat(client.exchange("x")).isEqualTo("x");
      }
    }
  }

  @Test
  void refusalsTellWhatWhyAndHow() throws Exception {
    try (ChaosProxy server = ChaosProxy.builder().apiPort(-1).open();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Proxy proxy = server.create("p", "127.0.0.1:0", "127.0.0.1:9");
      proxy.add(new ToxicSpec("t", Direction.DOWNSTREAM, 1, new Noop()));
      String busy = "127.0.0.1:" + taken.getLocalPort();
      assertThatThrownBy(() -> server.create("p", "127.0.0.1:0", "127.0.0.1:9"))
          .hasMessage(
              "PROXY_EXISTS: there is a proxy 'p' already. names are unique within a server.%nChoose another name, or delete the old proxy first."
                  .formatted());
      assertThatThrownBy(() -> server.create("q", busy, "127.0.0.1:9"))
          .hasMessage(
              "PROXY_PORT_TAKEN: proxy 'q' cannot listen on %s (listen tcp %s: bind: address already in use). the address has to be this machine's and its port free.%nChoose another port (0 takes a free one), or end what listens there."
                  .formatted(busy, busy));
      assertThat(server.find("q")).isEmpty();
      assertThatThrownBy(() -> server.create("q", "no.such.host.invalid:1", "127.0.0.1:9"))
          .hasMessage(
              "PROXY_ADDRESS_INVALID: proxy 'q' has the address 'no.such.host.invalid:1' (lookup no.such.host.invalid: no such host). an address is host:port, such as 127.0.0.1:0.%nCorrect the address."
                  .formatted());
      assertThatThrownBy(() -> proxy.add(new ToxicSpec("t", Direction.UPSTREAM, 1, new Noop())))
          .hasMessage(
              "TOXIC_EXISTS: proxy 'p' has a toxic 't' already. names are unique within a proxy, over both streams.%nChoose another name, update the toxic, or remove it first."
                  .formatted());
      assertThatThrownBy(() -> proxy.remove("u"))
          .hasMessage(
              "TOXIC_NOT_FOUND: proxy 'p' has no toxic 'u'. a toxic without a name of its own is called <type>_<stream>.%nCorrect the name, or add the toxic first."
                  .formatted());
      assertThatThrownBy(() -> proxy.update("u", new Noop(), 1))
          .hasMessageContaining("TOXIC_NOT_FOUND");
      assertThatThrownBy(() -> proxy.update("t", new Latency(1, 0), 1))
          .hasMessage(
              "TOXIC_TYPE_FIXED: toxic 't' is of type noop and was to become latency. an update changes attributes and toxicity only.%nRemove the toxic and add another."
                  .formatted());
      proxy.delete();
      assertThatThrownBy(() -> proxy.add(ToxicSpec.of(Direction.UPSTREAM, new Noop())))
          .hasMessageContaining("PROXY_DELETED");
    }
  }
}
