package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubeTransportTest {
  private static final String RED =
      "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
          + "\"metadata\":{\"name\":\"a\",\"namespace\":\"team-a\",\"resourceVersion\":\"7\"}}";

  private final BlockingQueue<KubeTransport.Request> requests = new LinkedBlockingQueue<>();
  private KubeTransport answer = request -> answer(200, RED);
  private final KubeClient kube =
      KubeClient.connect(
          KubeClientSettings.of("http://nowhere.invalid", "secret")
              .withCallTimeout(Duration.ofSeconds(5)),
          request -> {
            requests.add(request);
            return answer.send(request);
          });
  private final ResourceClient<ConfigMap> configMaps = kube.resources(ConfigMap.class);

  @AfterEach
  void close() {
    kube.close();
  }

  @Test
  void carriesWhatWouldGoOverTheWire() {
    configMaps.create(configMap("a", "red"));
    configMaps.page(Query.of().labels("x in (y,z)"));

    KubeTransport.Request create = requests.remove();
    assertThat(create.method()).isEqualTo("POST");
    assertThat(create.target()).isEqualTo("/api/v1/namespaces/team-a/configmaps");
    assertThat(create.headers())
        .containsEntry("Authorization", "Bearer secret")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("User-Agent", "foundation-kubernetes");
    assertThat(new String(create.body(), StandardCharsets.UTF_8)).contains("\"name\":\"a\"");
    assertThat(requests.remove().target())
        .isEqualTo("/api/v1/configmaps?labelSelector=x%20in%20%28y%2Cz%29");
  }

  @Test
  void bringsBackFailuresAsTheyAre() {
    answer =
        request ->
            answer(404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"message\":\"no a\"}");
    assertThat(configMaps.find(key("a"))).isEmpty();

    answer =
        request -> {
          throw new IOException("dropped");
        };
    assertThatThrownBy(() -> configMaps.find(key("a")))
        .hasMessageContaining("KUBE_CONNECTION_LOST");
  }

  @Test
  void isCutShortWhenTheClientIsClosed() throws Exception {
    PipedOutputStream events = new PipedOutputStream();
    CountDownLatch closed = new CountDownLatch(1);
    PipedInputStream lines =
        new PipedInputStream(events) {
          @Override
          public void close() throws IOException {
            super.close();
            closed.countDown();
          }
        };
    answer = request -> new KubeTransport.Answer(200, List.of(), lines);
    events.write(
        "{\"type\":\"ADDED\",\"object\":%s}\n".formatted(RED).getBytes(StandardCharsets.UTF_8));
    events.flush();
    WatchStream<ConfigMap> stream =
        configMaps.openWatch(Query.of(), ResourceVersion.of(6), Duration.ofMinutes(1));
    assertThat(stream.next()).isPresent();

    kube.abandon();

    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static KubeTransport.Answer answer(int status, String json) {
    InputStream body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    return new KubeTransport.Answer(
        status, List.of(Map.entry("Content-Type", "application/json")), body);
  }
}
