package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class InProcessApiTest {
  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server =
      KubeApiServer.builder().time(time).scheduler(time).maxWaitingEvents(20).start();
  private final InProcessApi direct = server.inProcess("tester");
  private final Api wire = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /version",
    "GET, /api/v1/namespaces/default/configmaps?limit=1",
    "GET, /api/v1/namespaces/default/configmaps?labelSelector=a+b",
    "GET, /apis/apps/v1/namespaces/default/deployments/none",
    "GET, /nothing",
    "GET, /api/v1/%zz",
    "HEAD, /api/v1/namespaces",
    "DELETE, /api/v1/namespaces/default",
    "PUT, /api/v1/namespaces",
  })
  void answersAsOverTheWire(String method, String target) throws Exception {
    try (RawClient raw = new RawClient(server);
        InProcessApi.Answer answer =
            direct.send(
                new InProcessApi.Request(
                    method, target, Map.of("Audit-Id", "same"), new byte[0]))) {
      raw.send(
          "%s %s HTTP/1.1\r\nHost: x\r\nAudit-Id: same\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(method, target, server.token("tester")));
      String[] answered = raw.readAll().split("\r\n\r\n", 2);

      assertThat(answered[0]).startsWith("HTTP/1.1 " + answer.code() + " ");
      assertThat(
              answered[0]
                  .lines()
                  .skip(1)
                  .map(line -> line.toLowerCase(Locale.ROOT))
                  .filter(line -> !line.equals("connection: close")))
          .containsExactlyInAnyOrderElementsOf(
              answer.headers().stream()
                  .map(one -> one.getKey() + ": " + one.getValue())
                  .map(line -> line.toLowerCase(Locale.ROOT))
                  .toList());
      assertThat(text(answer)).isEqualTo(answered[1]);
    }
  }

  @Test
  void writesForItsUser() throws IOException {
    AtomicReference<String> refused = new AtomicReference<>("");
    try (InProcessApi.Answer created = post(configMap("a", "1"))) {
      assertThat(created.code()).isEqualTo(201);
      assertThat(created.header("content-type")).isEqualTo("application/json");
      assertThat(created.header("x-nothing")).isEmpty();
    }
    try (InProcessApi.Answer again = post(configMap("a", "1"))) {
      refused.set(text(again));
      assertThat(again.code()).isEqualTo(409);
    }
    assertThat(refused.get()).contains("configmaps \\\"a\\\" already exists");
    assertThat(wire.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    try (InProcessApi.Answer stranger =
        direct.send(
            new InProcessApi.Request(
                "GET", CONFIG_MAPS, Map.of("Authorization", "Bearer no"), new byte[0]))) {
      assertThat(stranger.code()).isEqualTo(401);
    }
    try (InProcessApi.Answer large = post("x".repeat(3_145_729))) {
      assertThat(large.code()).isEqualTo(413);
    }
  }

  @Nested
  class Watching {
    @Test
    void tellsEachEventInALine() throws Exception {
      try (InProcessApi.Answer watch = watch("")) {
        BufferedReader lines = lines(watch);
        wire.post(CONFIG_MAPS, configMap("a", "1"));
        wire.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");

        assertThat(brief(lines.readLine())).isEqualTo("ADDED a");
        assertThat(brief(lines.readLine())).isEqualTo("MODIFIED a");
      }
      assertThat(server.openWatches()).isZero();
    }

    @Test
    void endsInItsTime() throws Exception {
      try (InProcessApi.Answer watch = watch("&timeoutSeconds=9&allowWatchBookmarks=true")) {
        time.advance(Duration.ofSeconds(9));

        assertThat(lines(watch).lines())
            .allMatch(line -> line.startsWith("{\"type\":\"BOOKMARK\""))
            .hasSize(1);
        assertThat(watch.body().read()).isEqualTo(-1);
      }
      assertThat(server.openWatches()).isZero();
      assertThat(server.openConnections()).isZero();
    }

    @Test
    void isClosedByAnotherThread() throws Exception {
      InProcessApi.Answer watch = watch("");
      CompletableFuture<Integer> reading = reading(watch);

      watch.close();

      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(server.openWatches()).isZero();
    }

    @Test
    void dropsWhoIsCutOff() throws Exception {
      InProcessApi.Answer watch = watch("");
      CompletableFuture<Integer> reading = reading(watch);

      server.control().revoke("tester");

      assertThatThrownBy(() -> reading.get(30, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class)
          .hasRootCauseMessage("the connection was dropped");
      assertThatThrownBy(() -> direct.send(InProcessApi.Request.get(CONFIG_MAPS)))
          .isInstanceOf(IOException.class);
      assertThat(server.openWatches()).isZero();
    }

    @Test
    void endsWithTheServer() throws Exception {
      CompletableFuture<Integer> reading = reading(watch(""));

      server.close();

      assertThat(reading.handle((count, e) -> e != null || count == -1).get(30, TimeUnit.SECONDS))
          .isTrue();
      assertThatThrownBy(() -> direct.send(InProcessApi.Request.get("/version")))
          .hasMessage("the server is closed");
    }

    @Test
    void boundsWhatWaitsForASlowReader() throws Exception {
      try (InProcessApi.Answer watch = watch("")) {
        for (int i = 0; i < 30; i++) {
          post(configMap("m" + i, "")).close();
        }
        List<String> seen = lines(watch).lines().toList();

        assertThat(seen).hasSize(20);
        assertThat(brief(seen.get(19))).isEqualTo("ADDED m19");
      }
    }

    @Test
    void stopsWhenItsReaderIsInterrupted() throws Exception {
      try (InProcessApi.Answer watch = watch("")) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> watch.body().read()).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
      }
    }

    private CompletableFuture<Integer> reading(InProcessApi.Answer watch) {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return watch.body().read(new byte[10], 0, 10);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
  }

  private InProcessApi.Answer watch(String more) throws IOException {
    return direct.send(
        InProcessApi.Request.get(
            CONFIG_MAPS + "?watch=1&resourceVersion=" + server.revision() + more));
  }

  private InProcessApi.Answer post(String body) throws IOException {
    return direct.send(
        new InProcessApi.Request(
            "POST",
            CONFIG_MAPS,
            Map.of("Content-Type", "application/json"),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private static BufferedReader lines(InProcessApi.Answer answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static String brief(String line) {
    Map<String, Object> event = Json.readObject(line);
    return Values.string(event, "type").orElse("")
        + " "
        + Values.string(event, "object", "metadata", "name").orElse("");
  }

  private static String text(InProcessApi.Answer answer) throws IOException {
    return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
  }
}
