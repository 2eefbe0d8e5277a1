package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static io.terraorbit.foundation.kubernetes.Fixtures.painted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private FakeKubeServer server;
  private KubeClient kube;
  private ResourceClient<ConfigMap> configMaps;
  private ResourceVersion start;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
    kube = KubeClient.connect(server.settings().withCallTimeout(Duration.ofSeconds(2)));
    configMaps = kube.resources(ConfigMap.class);
    start = ResourceVersion.of(server.history.version());
  }

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Nested
  class Pulling {
    @Test
    void replaysWhatHappenedAfterTheGivenVersion() {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      configMaps.delete(key("a"));
      server.history.bookmark();

      try (WatchStream<ConfigMap> stream =
          configMaps.openWatch(Query.of().labels("x=y"), start, LONG)) {
        assertThat(stream.next()).contains(new WatchEvent.Added<>(red));
        assertThat(stream.next()).contains(new WatchEvent.Modified<>(blue));
        WatchEvent<ConfigMap> gone = stream.next().orElseThrow();
        assertThat(gone).isInstanceOf(WatchEvent.Deleted.class);
        ConfigMap last = ((WatchEvent.Deleted<ConfigMap>) gone).object();
        assertThat(ResourceVersion.of(last).orElseThrow())
            .isGreaterThan(ResourceVersion.of(blue).orElseThrow());
        assertThat(stream.next())
            .contains(new WatchEvent.Bookmark<>(ResourceVersion.of(server.history.version())));
      }
      assertThat(server.last().query())
          .containsEntry("watch", "true")
          .containsEntry("allowWatchBookmarks", "true")
          .containsEntry("labelSelector", "x=y")
          .containsEntry("timeoutSeconds", "60")
          .containsEntry("resourceVersion", start.toString());
    }

    @Test
    void outlivesTheCallTimeoutWhileNothingHappens() throws Exception {
      KubeClient hasty =
          KubeClient.connect(server.settings().withCallTimeout(Duration.ofMillis(200)));
      try (WatchStream<ConfigMap> stream =
          hasty.resources(ConfigMap.class).openWatch(Query.of(), start, LONG)) {
        CompletableFuture<Optional<WatchEvent<ConfigMap>>> next =
            CompletableFuture.supplyAsync(stream::next);
        assertThat(CompletableFuture.anyOf(next).completeOnTimeout("quiet", 1, TimeUnit.SECONDS))
            .succeedsWithin(Duration.ofSeconds(20))
            .isEqualTo("quiet");
        ConfigMap red = configMaps.create(configMap("a", "red"));
        assertThat(next.get(20, TimeUnit.SECONDS)).contains(new WatchEvent.Added<>(red));
      } finally {
        hasty.close();
      }
    }

    @Test
    void endsWhenTheServerSaysSo() {
      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        configMaps.create(configMap("a", "red"));
        assertThat(stream.next()).isPresent();
        server.history.interrupt("end");
        assertThat(stream.next()).isEmpty();
        assertThat(stream.next()).as("and stays ended").isEmpty();
      }
    }

    @Test
    void throwsWhenTheConnectionBreaks() {
      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        configMaps.create(configMap("a", "red"));
        assertThat(stream.next()).isPresent();
        server.history.interrupt("cut");
        assertThatThrownBy(stream::next)
            .isInstanceOf(AppException.class)
            .hasMessageContaining(
                "KUBE_CONNECTION_LOST: GET /api/v1/configmaps lost its connection");
      }
    }

    @Test
    void throwsExpiredWhenTheStartIsTooOld() {
      configMaps.create(configMap("a", "red"));
      server.history.compact();

      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        assertThatThrownBy(stream::next)
            .isInstanceOf(AppException.class)
            .hasMessage(
                "KUBE_EXPIRED: GET /api/v1/configmaps was refused: too old resource version: 5"
                    + " (200). The server answered 410 Expired.%nList again and continue from"
                    + " there.",
                (Object[]) null);
      }
    }

    @Test
    void throwsWhatTheServerRefusesWith() {
      server.script(403, "Forbidden");
      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        assertThatThrownBy(stream::next).hasMessageStartingWith("KUBE_FORBIDDEN");
      }
    }

    @Test
    void throwsOnLinesThatAreNoEvents() {
      for (String line :
          List.of(
              "<html>",
              "[]",
              "{\"type\":\"ADDED\"}",
              "{\"object\":{}}",
              "{\"type\":\"DANCED\",\"object\":{}}",
              "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{}}}")) {
        server.script(200, "application/json", line + "\n");
        try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
          assertThatThrownBy(stream::next)
              .as(line)
              .isInstanceOfSatisfying(
                  AppException.class, e -> assertThat(e.code()).isEqualTo("KUBE_ANSWER_MALFORMED"));
        }
      }
    }

    @Test
    void readsMembersInAnyOrderAndALastLineWithoutEnd() {
      server.script(
          200,
          "application/json",
          "{\"extra\":[{}],\"object\":{\"metadata\":{\"name\":\"a\"}},\"type\":\"ADDED\"}");
      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        assertThat(stream.next())
            .hasValueSatisfying(e -> assertThat(e).isInstanceOf(WatchEvent.Added.class));
        assertThat(stream.next()).isEmpty();
      }
    }

    @Test
    void takesAnErrorWithoutCodeForAnInternalOne() {
      server.script(
          200, "application/json", "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"}}\n");
      try (WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG)) {
        assertThatThrownBy(stream::next).hasMessageContaining("KUBE_INTERNAL_ERROR");
      }
    }

    @Test
    void endsWhenClosedByAnotherThread() throws Exception {
      WatchStream<ConfigMap> stream = configMaps.openWatch(Query.of(), start, LONG);
      CompletableFuture<Optional<WatchEvent<ConfigMap>>> next =
          CompletableFuture.supplyAsync(stream::next);
      Fixtures.await(() -> !server.seen.isEmpty());
      stream.close();
      assertThat(next.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void waitsForTheBeginningNoLongerThanForACall() {
      try (KubeClient hasty =
              KubeClient.connect(server.settings().withCallTimeout(Duration.ofMillis(200)));
          WatchStream<ConfigMap> stream =
              hasty.resources(ConfigMap.class).openWatch(Query.of(), start, LONG)) {
        server.script(exchange -> Fixtures.await(() -> server.seen.size() > 1));
        assertThatThrownBy(stream::next)
            .isInstanceOfSatisfying(
                AppException.class,
                e -> assertThat(e.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED));
        server.script(204, "", "");
        configMaps.delete(key("wakes-the-script"));
      }
    }
  }

  @Nested
  class Pushing {
    private final Recorder recorder = new Recorder();

    @Test
    void tellsEventsInOrderOnAThreadOfItsOwn() throws Exception {
      Watch watch = configMaps.watch(Query.of(), start, recorder);
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap blue = configMaps.create(configMap("b", "blue"));

      assertThat(recorder.take()).isEqualTo(new WatchEvent.Added<>(red));
      assertThat(recorder.take()).isEqualTo(new WatchEvent.Added<>(blue));
      assertThat(recorder.thread).isEqualTo("kube-watch-configmaps");
      assertThat(watch.open()).isTrue();
      watch.close();
      assertThat(watch.open()).isFalse();
      assertThat(recorder.take()).isEqualTo("closed: null");
      assertThat(recorder.events).isEmpty();
    }

    @Test
    void tellsWhyItEnded() throws Exception {
      server.history.compact();
      configMaps.create(configMap("a", "red"));
      server.history.compact();

      Watch watch = configMaps.watch(Query.of(), start, recorder);

      assertThat(recorder.take()).isEqualTo("closed: KUBE_EXPIRED");
      assertThat(watch.open()).isFalse();
    }

    @Test
    void endsQuietlyWhenTheServerIsDone() throws Exception {
      configMaps.watch(Query.of(), start, recorder);
      configMaps.create(configMap("a", "red"));
      recorder.take();
      server.history.interrupt("end");
      assertThat(recorder.take()).isEqualTo("closed: null");
    }

    @Test
    void endsWhenTheListenerFails() throws Exception {
      configMaps.watch(
          Query.of(),
          start,
          new WatchListener<>() {
            @Override
            public void event(WatchEvent<ConfigMap> event) {
              throw new IllegalStateException("boom");
            }

            @Override
            public void closed(@Nullable AppException reason) {
              recorder.closed(reason);
              recorder.events.add(String.valueOf(reason.getMessage()));
            }
          });
      configMaps.create(configMap("a", "red"));

      assertThat(recorder.take()).isEqualTo("closed: KUBE_WATCH_LISTENER_FAILED");
      assertThat(recorder.take())
          .isEqualTo(
              ("KUBE_WATCH_LISTENER_FAILED: The listener of kube-watch-configmaps threw"
                      + " java.lang.IllegalStateException: boom. A listener that throws has missed"
                      + " an event, so its watch ends.%n"
                      + "Catch in the listener what it can deal with.")
                  .formatted());
    }

    @Test
    void mayBeClosedByItsListener() throws Exception {
      CompletableFuture<Watch> self = new CompletableFuture<>();
      self.complete(
          configMaps.watch(
              Query.of(),
              start,
              new WatchListener<>() {
                @Override
                public void event(WatchEvent<ConfigMap> event) {
                  self.join().close();
                }

                @Override
                public void closed(@Nullable AppException reason) {
                  recorder.closed(reason);
                }
              }));
      configMaps.create(configMap("a", "red"));
      assertThat(recorder.take()).isEqualTo("closed: null");
    }
  }

  private static final class Recorder implements WatchListener<ConfigMap> {
    final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    volatile String thread = "";

    @Override
    public void event(WatchEvent<ConfigMap> event) {
      thread = Thread.currentThread().getName();
      events.add(event);
    }

    @Override
    public void closed(@Nullable AppException reason) {
      events.add("closed: " + (reason == null ? null : reason.code()));
    }

    Object take() throws InterruptedException {
      return events.poll(20, TimeUnit.SECONDS);
    }
  }
}
