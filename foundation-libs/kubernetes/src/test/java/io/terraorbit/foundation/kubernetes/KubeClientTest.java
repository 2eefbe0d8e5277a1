package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubeClientTest {
  private FakeKubeServer server;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void abandonCutsCallsAndLetsNoneLeave() throws Exception {
    KubeClient kube = KubeClient.connect(server.settings().withCallTimeout(Duration.ofMinutes(1)));
    ResourceClient<ConfigMap> configMaps = kube.resources(ConfigMap.class);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    server.script(
        exchange -> {
          arrived.countDown();
          try {
            release.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    CompletableFuture<Throwable> call =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> configMaps.get(key("a"))));
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    kube.abandon();

    assertThat(call.get(20, TimeUnit.SECONDS))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "KUBE_CLIENT_CLOSED: GET /api/v1/namespaces/team-a/configmaps/a was called on, or cut"
                + " short by, a closed client. A closed client sends nothing.%nEnd what uses the"
                + " client before the client.",
            (Object[]) null);
    release.countDown();
    assertThatThrownBy(() -> configMaps.get(key("a"))).hasMessageContaining("KUBE_CLIENT_CLOSED");
    assertThatThrownBy(
            () ->
                configMaps
                    .openWatch(Query.of(), ResourceVersion.of(1), Duration.ofMinutes(1))
                    .next())
        .hasMessageContaining("KUBE_CLIENT_CLOSED");
    assertThat(server.seen).hasSize(1);
    kube.abandon();
  }

  @Test
  void closeEndsWatchesAndTheirThreads() throws Exception {
    KubeClient kube = KubeClient.connect(server.settings());
    CompletableFuture<@Nullable AppException> reason = new CompletableFuture<>();
    Watch watch =
        kube.resources(ConfigMap.class)
            .watch(
                Query.of(),
                ResourceVersion.of(server.history.version()),
                new WatchListener<>() {
                  @Override
                  public void event(WatchEvent<ConfigMap> event) {}

                  @Override
                  public void closed(@Nullable AppException why) {
                    reason.complete(why);
                  }
                });
    Fixtures.await(() -> !server.seen.isEmpty());

    kube.close();

    assertThat(watch.open()).isFalse();
    assertThat(reason).isCompleted();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("kube-"));
  }

  @Test
  void abandonEndsWatchesToo() throws Exception {
    KubeClient kube = KubeClient.connect(server.settings());
    WatchStream<ConfigMap> stream =
        kube.resources(ConfigMap.class)
            .openWatch(
                Query.of(), ResourceVersion.of(server.history.version()), Duration.ofMinutes(1));
    CompletableFuture<Throwable> next =
        CompletableFuture.supplyAsync(() -> catchThrowable(stream::next));
    Fixtures.await(() -> !server.seen.isEmpty());

    kube.abandon();

    assertThat(next.get(20, TimeUnit.SECONDS)).hasMessageContaining("KUBE_CLIENT_CLOSED");
  }

  @Test
  void findsAnApiBelowAPath() {
    try (KubeClient kube =
        KubeClient.connect(KubeClientSettings.of(server.url() + "/clusters/one/"))) {
      server.script(404, "NotFound");
      assertThat(kube.resources(ConfigMap.class).find(key("a"))).isEmpty();
    }
    assertThat(server.last().path())
        .isEqualTo("/clusters/one/api/v1/namespaces/team-a/configmaps/a");
    assertThat(server.last().token()).as("no token, no header").isEqualTo("null");
  }

  @Test
  void settingsRefuseWhatCannotWorkAndKeepTheTokenToThemselves() {
    KubeClientSettings settings =
        KubeClientSettings.of("https://kube:6443", "secret")
            .withConnectTimeout(Duration.ofSeconds(1))
            .withTime(new VirtualTime());

    assertThat(settings)
        .hasToString(
            "KubeClientSettings[url=https://kube:6443, userAgent=foundation-kubernetes,"
                + " callTimeout=PT10S, connectTimeout=PT1S]");
    for (String url : new String[] {"ftp://kube", "kube:6443", "http:kube"}) {
      assertThatThrownBy(() -> KubeClientSettings.of(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the API's address needs http or https and a host, got '%s'", url);
    }
    assertThatThrownBy(() -> settings.withCallTimeout(Duration.ZERO))
        .hasMessage("callTimeout must be positive, got PT0S");
    assertThatThrownBy(() -> settings.withConnectTimeout(Duration.ofSeconds(-1)))
        .hasMessage("connectTimeout must be positive, got PT-1S");
  }
}
