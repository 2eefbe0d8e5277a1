package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class TransportTest {
  private static final int MANY = 500;

  private final KubeApiServer server = KubeApiServer.builder().maxWaitingEvents(40).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Heads {
    @Test
    void namesEveryRequest() throws IOException {
      Api.Answer first = api.get("/version");
      Api.Answer second = api.get("/nothing");
      Api.Answer named = api.exchange("GET", "/version", "", "", "Audit-Id", "mine");

      assertThat(first.header("audit-id")).hasSize(36).isNotEqualTo(second.header("audit-id"));
      assertThat(named.header("audit-id")).isEqualTo("mine");
      assertThat(first.header("cache-control")).isEqualTo("no-cache, private");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "gzip | 131200 | gzip",
          "deflate, gzip | 131200 | gzip",
          "gzip | 100000 | ''",
          "gzip;q=0 | 131200 | ''",
          "identity | 131200 | ''"
        })
    void areCompressedForThoseWhoAsk(String accepted, int size, String encoding) throws Exception {
      api.post(CONFIG_MAPS, configMap("a", "x".repeat(size)));

      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  api.request(CONFIG_MAPS + "/a").header("Accept-Encoding", accepted).build(),
                  HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.headers().firstValue("content-encoding").orElse("")).isEqualTo(encoding);
      byte[] body = answer.body();
      if (!encoding.isEmpty()) {
        assertThat(answer.headers().firstValue("vary")).contains("Accept-Encoding");
        assertThat(body.length).isLessThan(size / 10);
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      assertThat(new String(body, StandardCharsets.UTF_8)).contains("x".repeat(size));
    }

    @Test
    void comeWithoutABodyForHead() throws IOException {
      try (RawClient raw = new RawClient(server)) {
        raw.send("HEAD /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(raw.readAll()).startsWith("HTTP/1.1 405 ").endsWith("\r\n\r\n");
      }
    }
  }

  @Nested
  class Http1 {
    @Test
    void letsClientsAskBeforeTheySend() throws IOException {
      String body = configMap("a", "1");
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n";
      try (RawClient raw = new RawClient(server)) {
        raw.send(head.formatted(CONFIG_MAPS, body.length()));
        assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
        raw.send(body);
        assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 201 ");
      }
      try (RawClient raw = new RawClient(server)) {
        raw.send(head.formatted(CONFIG_MAPS, 4_000_000));
        assertThat(raw.readAll())
            .startsWith("HTTP/1.1 413 ")
            .contains("Request entity too large: limit is 3145728");
      }
    }

    @Test
    void servesTheOldestClientsToo() throws IOException {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      try (RawClient raw = new RawClient(server)) {
        raw.send("GET " + CONFIG_MAPS + "?watch=1&timeoutSeconds=1 HTTP/1.0\r\n\r\n");

        assertThat(raw.readAll())
            .startsWith("HTTP/1.1 200 OK")
            .doesNotContain("chunked")
            .contains("\r\n\r\n{\"type\":\"ADDED\"")
            .endsWith("}\n");
      }
    }
  }

  @Nested
  class Bodies {
    private static final int LARGE = 24 << 20;

    @Test
    void thatAreTooLargeAreReadToTheirEndSoThatTheClientSeesTheAnswer() throws IOException {
      try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
        socket.setSoTimeout(30_000);
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n")
                .formatted(CONFIG_MAPS, LARGE)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[LARGE]); // fails if the server hangs up before

        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(answer)
            .startsWith("HTTP/1.1 413 ")
            .containsIgnoringCase("connection: close")
            .contains("\"reason\":\"RequestEntityTooLarge\"");
      }
    }

    @Test
    void thatAreTooLargeAndNeverEndAreHungUpOn() throws IOException {
      try (RawClient raw = new RawClient(server)) {
        raw.send(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                .formatted(CONFIG_MAPS, LARGE));

        assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ");
      }
    }
  }

  @Nested
  class Http2 {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @Test
    void isServedWithoutTlsToThoseWhoBeginWithIt() throws IOException {
      try (RawClient raw = new RawClient(server)) {
        raw.send(PREFACE);
        raw.send(frame(4, 0, 0, new byte[0]));
        // GET, http, and the path as a literal: of HPACK's static table 2, 6 and 4.
        byte[] head = "\u0082\u0086\u0004\u0008/healthz".getBytes(StandardCharsets.ISO_8859_1);
        raw.send(frame(1, 0x5, 1, head));

        assertThat(dataOf(raw, 1)).isEqualTo("ok");
      }
    }

    @Test
    void endsOnNonsense() throws IOException {
      try (RawClient raw = new RawClient(server)) {
        raw.send("PRI nonsense that is no preface at all");

        raw.readAll();
      }
      assertThat(api.get("/healthz").text()).isEqualTo("ok");
    }

    private byte[] frame(int type, int flags, int stream, byte[] payload) {
      byte[] frame = new byte[9 + payload.length];
      frame[1] = (byte) (payload.length >> 8);
      frame[2] = (byte) payload.length;
      frame[3] = (byte) type;
      frame[4] = (byte) flags;
      frame[8] = (byte) stream;
      System.arraycopy(payload, 0, frame, 9, payload.length);
      return frame;
    }

    private String dataOf(RawClient raw, int stream) throws IOException {
      while (true) {
        byte[] head = raw.read(9);
        byte[] payload =
            raw.read((head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff));
        if (head[3] == 0 && head[8] == stream && payload.length > 0) {
          return new String(payload, StandardCharsets.UTF_8);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void keepsHundredsOfWatchesOpenAndLeavesNothingOfThem(HttpClient.Version version)
      throws Exception {
    Api many = Login.read(server.kubeconfig("tester")).api(version);
    HttpClient client = Login.read(server.kubeconfig("tester")).client(version);
    List<CompletableFuture<HttpResponse<Stream<String>>>> opening = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      opening.add(
          client.sendAsync(
              many.request(CONFIG_MAPS + "?watch=1&resourceVersion=" + server.revision()).build(),
              HttpResponse.BodyHandlers.ofLines()));
    }
    List<Api.Watch> watches = new ArrayList<>();
    for (var one : opening) {
      HttpResponse<Stream<String>> open = one.get(60, TimeUnit.SECONDS);
      watches.add(new Api.Watch(open.statusCode(), open.body()));
    }
    assertThat(server.openWatches()).isEqualTo(MANY);

    many.post(CONFIG_MAPS, configMap("a", "1"));

    for (Api.Watch watch : watches) {
      assertThat(watch.brief()).isEqualTo("ADDED a");
    }
    watches.forEach(Api.Watch::close);
    await(() -> server.openWatches() == 0);
  }

  @Test
  void boundsWhatWaitsForASlowStreamAndHurtsNoOther() throws Exception {
    Api slow = Login.read(server.kubeconfig("tester")).api(HttpClient.Version.HTTP_2);
    String watching = CONFIG_MAPS + "?resourceVersion=" + server.revision();
    try (Api.Watch never = slow.watch(watching);
        Api.Watch quick = slow.watch(watching)) {
      String large = "x".repeat(200_000);
      api.post(CONFIG_MAPS, configMap("a", large));
      assertThat(quick.brief()).isEqualTo("ADDED a");
      // The client's windows are 16 MiB for a stream and 32 MiB for all.
      for (int i = 0; i < 160; i++) {
        api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"labels\":{\"i\":\"" + i + "\"}}}");
        assertThat(quick.brief()).isEqualTo("MODIFIED a");
      }
      await(() -> server.openWatches() == 1);
      assertThat(never.brief()).isEqualTo("ADDED a");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void dropsUsersWhoAreCutOff(HttpClient.Version version) throws Exception {
    Api cut = Login.read(server.kubeconfig("cut")).api(version);
    Api other = Login.read(server.kubeconfig("other")).api(version);
    try (Api.Watch ends = cut.watch(CONFIG_MAPS + "?resourceVersion=" + server.revision());
        Api.Watch stays = other.watch(CONFIG_MAPS + "?resourceVersion=" + server.revision())) {
      server.control().revoke("cut");
      await(() -> server.openWatches() == 1);
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(stays.brief()).isEqualTo("ADDED a");
      assertThat(ends.code()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void closesInTimeWithAllItHasOpen(HttpClient.Version version) throws Exception {
    KubeApiServer busy = KubeApiServer.start();
    Api open = Login.read(busy.kubeconfig("tester")).api(version);
    Api.Watch watch = open.watch(CONFIG_MAPS);
    try (RawClient idle = new RawClient(busy);
        RawClient halfway = new RawClient(busy)) {
      halfway.send("POST " + CONFIG_MAPS + " HTTP/1.1\r\nContent-Length: 9\r\n\r\n{");
      long start = System.nanoTime();

      busy.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(idle.readAll()).isEmpty();
      assertThat(busy.openConnections()).isZero();
      assertThat(busy.openWatches()).isZero();
    }
    watch.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
