package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WatchTest {
  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server =
      KubeApiServer.builder()
          .time(time)
          .scheduler(time)
          .revisionsKept(40)
          .maxWaitingEvents(40)
          .start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsWhatHappensAfterARevisionWithoutAGap() {
    long start = server.revision();
    api.post(CONFIG_MAPS, configMap("a", "1"));
    api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");

    try (Api.Watch watch = api.watch(CONFIG_MAPS + "?resourceVersion=" + start)) {
      api.delete(CONFIG_MAPS + "/a");

      assertThat(watch.brief()).isEqualTo("ADDED a");
      assertThat(watch.brief()).isEqualTo("MODIFIED a");
      Map<String, Object> deleted = watch.next();
      assertThat(deleted).containsEntry("type", "DELETED");
      assertThat(Values.string(deleted, "object", "metadata", "resourceVersion"))
          .contains("" + server.revision());
      assertThat(Values.string(deleted, "object", "kind")).contains("ConfigMap");
    }
  }

  @Test
  void beginsWithThePresentStateWhenNoRevisionIsGiven() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    try (Api.Watch unset = api.watch(CONFIG_MAPS);
        Api.Watch zero = api.watch(CONFIG_MAPS + "/a?resourceVersion=0")) {
      api.post(CONFIG_MAPS, configMap("b", "1"));
      api.delete(CONFIG_MAPS + "/a");

      assertThat(unset.brief()).isEqualTo("ADDED a");
      assertThat(unset.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(unset.brief()).isEqualTo("ADDED b");
      assertThat(zero.brief()).isEqualTo("ADDED a");
      assertThat(zero.brief()).isEqualTo("DELETED a");
    }
  }

  @Test
  void showsChangesAsTheSelectorSeesThem() {
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?labelSelector=on&resourceVersion=" + server.revision())) {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"labels\":{\"on\":\"1\"}}}");
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"labels\":null},\"data\":{\"k\":\"3\"}}");
      api.delete(CONFIG_MAPS + "/a");
      api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"end\",\"labels\":{\"on\":\"1\"}}}");

      assertThat(watch.brief()).isEqualTo("ADDED a");
      assertThat(watch.brief()).isEqualTo("MODIFIED a");
      Map<String, Object> left = watch.next();
      assertThat(left).containsEntry("type", "DELETED");
      assertThat(Values.string(left, "object", "data", "k")).contains("2");
      assertThat(Values.string(left, "object", "metadata", "resourceVersion"))
          .contains("" + (server.revision() - 2));
      assertThat(watch.brief()).isEqualTo("ADDED end");
    }
  }

  @Test
  void answersAnErrorEventWhenTheRevisionIsForgotten() {
    for (int i = 0; i < 50; i++) {
      api.post(CONFIG_MAPS, configMap("x" + i, ""));
    }
    long oldest = server.revision() - 39;

    try (Api.Watch watch = api.watch(CONFIG_MAPS + "?resourceVersion=5")) {
      Map<String, Object> error = watch.next();

      assertThat(watch.code()).isEqualTo(200);
      assertThat(error).containsEntry("type", "ERROR");
      assertThat(Json.text(error.get("object")))
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"too old resource version: 5 ("
                  + oldest
                  + ")\",\"reason\":\"Expired\",\"code\":410}");
      assertThat(watch.ended()).isTrue();
    }
  }

  @Test
  void staysSilentAboutARevisionThatIsYetToCome() {
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?timeoutSeconds=5&resourceVersion=" + (server.revision() + 1))) {
      api.post(CONFIG_MAPS, configMap("skipped", ""));
      api.post(CONFIG_MAPS, configMap("shown", ""));

      assertThat(watch.brief()).isEqualTo("ADDED shown");
    }
  }

  @Test
  void marksTheEndOfTheInitialEvents() {
    try (Api.Watch watch =
        api.watch(
            CONFIG_MAPS
                + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true")) {
      assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(Json.text(watch.next()))
          .isEqualTo(
              "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
                  + "\"metadata\":{\"resourceVersion\":\""
                  + server.revision()
                  + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}");
    }
  }

  @Test
  void marksTheEndOfTheStateOnceItIsAsNewAsWasAskedFor() {
    long wanted = server.revision() + 2;
    try (Api.Watch watch =
        api.watch(
            CONFIG_MAPS
                + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true&resourceVersion="
                + wanted)) {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      api.post(CONFIG_MAPS, configMap("b", "1"));
      api.post(CONFIG_MAPS, configMap("c", "1"));

      assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(watch.brief()).isEqualTo("ADDED a");
      assertThat(watch.brief()).isEqualTo("ADDED b");
      Map<String, Object> end = watch.next();
      assertThat(end).containsEntry("type", "BOOKMARK");
      assertThat(Values.string(end, "object", "metadata", "resourceVersion")).contains("" + wanted);
      assertThat(
              Values.string(end, "object", "metadata", "annotations", "k8s.io/initial-events-end"))
          .contains("true");
      assertThat(watch.brief()).isEqualTo("ADDED c");
    }
  }

  @Test
  void marksTheEndOfTheStateForWatchesOfAnyRevisionToo() {
    try (Api.Watch marked = api.watch(CONFIG_MAPS + "?resourceVersion=0&allowWatchBookmarks=1");
        Api.Watch plain = api.watch(CONFIG_MAPS + "?resourceVersion=0");
        Api.Watch live =
            api.watch(
                CONFIG_MAPS
                    + "?sendInitialEvents=false&resourceVersionMatch=NotOlderThan"
                    + "&allowWatchBookmarks=true")) {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(marked.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(marked.brief()).isEqualTo("BOOKMARK ");
      assertThat(marked.brief()).isEqualTo("ADDED a");
      assertThat(plain.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(plain.brief()).isEqualTo("ADDED a");
      assertThat(live.brief()).isEqualTo("ADDED a");
    }
  }

  @Test
  void servesThePathsOfOld() {
    api.post(CONFIG_MAPS, configMap("a", "1"));
    String json = "application/json";
    try (Api.Watch all =
            api.stream(json, "/api/v1/watch/configmaps?fieldSelector=metadata.name=a");
        Api.Watch some = api.stream(json, "/api/v1/watch/namespaces/default/configmaps");
        Api.Watch one = api.stream(json, "/api/v1/watch/namespaces/default/configmaps/a");
        Api.Watch space = api.stream(json, "/api/v1/watch/namespaces/kube-system")) {
      assertThat(all.brief()).isEqualTo("ADDED a");
      assertThat(some.brief()).isEqualTo("ADDED a");
      assertThat(some.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(one.brief()).isEqualTo("ADDED a");
      assertThat(space.brief()).isEqualTo("ADDED kube-system");
    }
    assertThat(api.get("/api/v1/watch/namespaces/default/pods/p/status").code()).isEqualTo(404);
    assertThat(api.post("/api/v1/watch/configmaps", "{}").code()).isEqualTo(405);
  }

  @Test
  void sendsALastBookmarkBeforeItsTimeIsUp() {
    try (Api.Watch watch =
        api.watch(
            CONFIG_MAPS
                + "?allowWatchBookmarks=true&timeoutSeconds=30&resourceVersion="
                + server.revision())) {
      while (time.pending() < 3) {
        Thread.onSpinWait();
      }
      time.advance(Duration.ofSeconds(28));
      assertThat(watch.brief()).isEqualTo("BOOKMARK ");
      time.advance(Duration.ofSeconds(2));
      assertThat(watch.ended()).isTrue();
    }
  }

  @Test
  void refusesOptionsThatContradict() {
    assertThat(api.get(CONFIG_MAPS + "?watch=1&sendInitialEvents=true").message())
        .isEqualTo(
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
                + " sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    assertThat(api.get(CONFIG_MAPS + "?watch=1&resourceVersionMatch=NotOlderThan").message())
        .isEqualTo(
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
                + " resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                + " provided");
    assertThat(
            api.get(
                    CONFIG_MAPS
                        + "?watch=1&sendInitialEvents=true&resourceVersionMatch=Exact&continue=x")
                .message())
        .isEqualTo(
            "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden:"
                + " sendInitialEvents requires setting resourceVersionMatch to NotOlderThan,"
                + " resourceVersionMatch: Unsupported value: \"Exact\": supported values:"
                + " \"NotOlderThan\", resourceVersionMatch: Forbidden: resourceVersionMatch is"
                + " forbidden when continue is provided]");
    assertThat(api.get(CONFIG_MAPS + "?watch=1&resourceVersion=x").code()).isEqualTo(400);
    assertThat(api.get(CONFIG_MAPS + "/a?watch=1&fieldSelector=metadata.name=b").message())
        .isEqualTo("fieldSelector metadata.name doesn't match requested name");
  }

  @Test
  void sendsABookmarkEachMinute() throws Exception {
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?allowWatchBookmarks=true&resourceVersion=" + server.revision())) {
      api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");
      time.advance(Duration.ofMinutes(1));
      Map<String, Object> bookmark = watch.next();
      time.advance(Duration.ofMinutes(1));

      assertThat(bookmark).containsEntry("type", "BOOKMARK");
      assertThat(Values.string(bookmark, "object", "metadata", "resourceVersion"))
          .contains("" + server.revision());
      assertThat(watch.next()).containsEntry("type", "BOOKMARK");
    }
  }

  @Test
  void endsAfterTheTimeAskedForAndKeepsTheConnection() {
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?timeoutSeconds=5&resourceVersion=" + server.revision())) {
      awaitTimer();
      time.advance(Duration.ofSeconds(5));

      assertThat(watch.ended()).isTrue();
    }
    assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(200);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void speaksWebSocketToo(boolean secure) throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    WebSocket socket =
        HttpClient.newBuilder()
            .sslContext(Login.read(server.kubeconfig("tester")).tls())
            .build()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + server.token("tester"))
            .buildAsync(
                URI.create(
                    (secure ? server.secureUrl() : server.url()).toString().replace("http", "ws")
                        + CONFIG_MAPS
                        + "?watch=true&timeoutSeconds=9&resourceVersion="
                        + server.revision()),
                new Collector(messages))
            .get(30, TimeUnit.SECONDS);
    api.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(messages.poll(30, TimeUnit.SECONDS)).startsWith("{\"type\":\"ADDED\"");
    socket.sendPing(java.nio.ByteBuffer.wrap(new byte[] {1})).get(30, TimeUnit.SECONDS);
    assertThat(messages.poll(30, TimeUnit.SECONDS)).isEqualTo("pong");
    awaitTimer();
    time.advance(Duration.ofSeconds(9));
    assertThat(messages.poll(30, TimeUnit.SECONDS)).isEqualTo("closed 1000");
  }

  @Test
  void losesTheWatchOfAReaderWhoFallsBehindAndNoOther() throws Exception {
    try (Socket slow = new Socket();
        Api.Watch quick = api.watch(CONFIG_MAPS + "?resourceVersion=" + server.revision())) {
      slow.setReceiveBufferSize(4096);
      slow.setSoTimeout(30_000);
      slow.connect(new InetSocketAddress("127.0.0.1", server.url().getPort()));
      slow.getOutputStream()
          .write(
              ("GET %s?watch=1&resourceVersion=%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                      .formatted(CONFIG_MAPS, server.revision()))
                  .getBytes(StandardCharsets.US_ASCII));
      String large = "x".repeat(100_000);
      api.post(CONFIG_MAPS, configMap("a", large));
      assertThat(quick.brief()).isEqualTo("ADDED a");
      for (int i = 0; i < 250; i++) {
        api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"labels\":{\"i\":\"" + i + "\"}}}");
        assertThat(quick.brief()).isEqualTo("MODIFIED a");
      }
      String all = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(all)
          .contains("\"i\":\"10\"")
          .doesNotContain("\"i\":\"249\"")
          .endsWith("0\r\n\r\n");
    }
  }

  @Test
  void leavesNothingOfAWatchThatIsRefused() {
    try (Api.Watch refused = api.watchAs("text/html", CONFIG_MAPS)) {
      assertThat(refused.code()).isEqualTo(406);
    }
    assertThat(server.openWatches()).isZero();
  }

  @Test
  void survivesClientsThatVanish() {
    Api.Watch gone = api.watch(CONFIG_MAPS);
    gone.brief();
    gone.close();
    for (int i = 0; i < 20; i++) {
      assertThat(api.post(CONFIG_MAPS, configMap("v" + i, "")).code()).isEqualTo(201);
    }
  }

  private void awaitTimer() {
    while (time.pending() == 0) {
      Thread.onSpinWait();
    }
  }

  private static final class Collector implements WebSocket.Listener {
    private final BlockingQueue<String> messages;
    private final StringBuilder text = new StringBuilder();

    Collector(BlockingQueue<String> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, java.nio.ByteBuffer message) {
      messages.add("pong");
      return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      messages.add("closed " + code);
      return WebSocket.Listener.super.onClose(socket, code, reason);
    }
  }
}
