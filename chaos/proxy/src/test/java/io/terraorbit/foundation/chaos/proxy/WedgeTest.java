package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Inputs that crash or wedge Toxiproxy 2.12; here the server goes on as if nothing had happened.
 */
class WedgeTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final ProxyObserver blocking =
      new ProxyObserver() {
        @Override
        public void toxicHit(Proxy proxy, String toxicName, long connectionId) {
          if (toxicName.equals("block")) {
            blocked.countDown();
            try {
              release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          } else if (toxicName.equals("throw")) {
            throw new IllegalStateException("an observer fails");
          }
        }
      };
  private final Upstream echo = Upstream.echo();
  private final ChaosProxy server = ChaosProxy.builder().observer(blocking).open();
  private final Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
  private final Api api = new Api(server);

  @AfterEach
  void closeAll() {
    release.countDown();
    server.close();
    echo.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'slicer'}",
        "{'type':'slicer','attributes':{'average_size':-5,'size_variation':-1,'delay':-1}}",
        "{'type':'slicer','attributes':{'average_size':1,'size_variation':50}}",
        "{'type':'slicer','attributes':{'average_size':1000,'size_variation':1000}}",
        "{'type':'slicer','attributes':{'average_size':1,'size_variation':9223372036854775807}}",
        "{'type':'latency','attributes':{'latency':-9223372036854775808,'jitter':-1}}",
        "{'type':'bandwidth','attributes':{'rate':9223372036854775807}}",
        "{'type':'slow_close','attributes':{'delay':-1}}",
        "{'type':'limit_data','attributes':{'bytes':9223372036854775807}}"
      })
  void dataPassesAndTheServerLives(String toxic) throws Exception {
    assertThat(api.call("POST", "/proxies/p/toxics", toxic.replace('\'', '"'))).startsWith("200 ");
    try (Client client = Client.of(proxy)) {
      String text = "0123456789".repeat(1000);
      assertThat(client.exchange(text)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'t','type':'bandwidth','attributes':{'rate':-1}}",
        "{'name':'t','type':'bandwidth'}",
        "{'name':'t','type':'latency','attributes':{'latency':5000000000000000000,'jitter':5000000000000000000}}",
        "{'name':'t','type':'slicer','attributes':{'average_size':1,'delay':9223372036854775807}}",
        "{'name':'t','type':'reset_peer','attributes':{'timeout':40000}}"
      })
  void heldDataPassesWhenTheToxicIsRemoved(String toxic) throws Exception {
    assertThat(api.call("POST", "/proxies/p/toxics", toxic.replace('\'', '"'))).startsWith("200 ");
    try (Client client = Client.of(proxy)) {
      client.send("hello");
      Awaiting.until("the proxy has it", () -> proxy.stats().bytesUp() == 5);
      assertThat(api.call("GET", "/proxies/p/toxics/t")).startsWith("200 ");
      assertThat(api.call("DELETE", "/proxies/p/toxics/t")).isEqualTo("204");
      assertThat(client.receive(5)).isEqualTo("hello");
    }
  }

  @Test
  void removingAToxicWithADeadSinkDoesNotHang() throws Exception {
    proxy.add(new ToxicSpec("t", Direction.DOWNSTREAM, 1, new Latency(3_600_000, 0)));
    try (Client client = Client.of(proxy)) {
      client.send("hello");
      Awaiting.until("the proxy has it", () -> proxy.stats().bytesUp() == 5);
      client.socket().setSoLinger(true, 0);
    }
    assertThat(api.call("DELETE", "/proxies/p/toxics/t")).isEqualTo("204");
    Awaiting.until("closed", () -> proxy.stats().openConnections() == 0);
  }

  @Test
  void anObserverThatBlocksTheDataPathDoesNotBlockTheControlCalls() throws Exception {
    proxy.add(new ToxicSpec("block", Direction.DOWNSTREAM, 1, new Slicer(1, 0, 0)));
    try (Client client = Client.of(proxy)) {
      client.send("abc");
      assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(api.call("POST", "/proxies/p/toxics", "{\"type\":\"noop\"}")).startsWith("200 ");
      assertThat(api.call("GET", "/proxies")).contains("noop_downstream");
      server.reset();
      assertThat(proxy.toxics()).isEmpty();
      proxy.disable();
      proxy.sever();
      assertThat(release.getCount()).isEqualTo(1);
      release.countDown();
      Awaiting.until("the changes take effect", () -> proxy.stats().openConnections() == 0);
    }
  }

  @Test
  void anObserverThatThrowsChangesNothing() throws Exception {
    proxy.add(new ToxicSpec("throw", Direction.DOWNSTREAM, 1, new Slicer(1, 0, 0)));
    try (Client client = Client.of(proxy)) {
      assertThat(client.exchange("abc")).isEqualTo("abc");
    }
  }
}
