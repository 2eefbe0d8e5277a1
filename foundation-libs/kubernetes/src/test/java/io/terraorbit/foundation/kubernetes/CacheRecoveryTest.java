package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.CacheFixture.COLOUR;
import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static io.terraorbit.foundation.kubernetes.Fixtures.painted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cache does when the network or the server fails it. */
class CacheRecoveryTest {
  private CacheFixture fixture;
  private FakeKubeServer server;
  private ResourceClient<ConfigMap> configMaps;
  private ResourceCache<ConfigMap> cache;
  private CacheFixture.Heard heard;
  private BlockingQueue<String> observed;

  @BeforeEach
  void open() throws IOException {
    fixture = new CacheFixture();
    server = fixture.server;
    configMaps = fixture.configMaps;
    cache = fixture.cache;
    heard = fixture.heard;
    observed = fixture.observed;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void resumesABrokenWatchWithoutANewList() throws Exception {
    fixture.startAndSync();
    for (String how : List.of("cut", "end", "noise")) {
      server.history.interrupt(how);
      configMaps.create(configMap(how, "red"));
      fixture.awaitServer();
    }
    assertThat(lists()).isEqualTo(1);
    assertThat(heard.events)
        .containsExactly("synced", "added cut red", "added end red", "added noise red");
  }

  @Test
  void listsAnewWhenItsVersionIsForgotten() throws Exception {
    for (String name : List.of("a", "gone", "same")) {
      configMaps.create(configMap(name, "red"));
    }
    fixture.startAndSync();
    fixture.awaitServer();
    whileItIsAway(
        () -> {
          server.history.paint("team-a", "a", "blue");
          server.history.erase("team-a", "gone");
          server.history.paint("team-a", "new", "green");
          server.history.bookmark();
          server.history.compact();
        });
    fixture.awaitServer();

    assertThat(heard.events).contains("updated a red -> blue", "added new green");
    assertThat(heard.events).anyMatch(e -> e.startsWith("deleted gone red"));
    assertThat(heard.events).filteredOn(e -> e.contains(" same ")).hasSize(1);
    assertThat(cache.by(COLOUR, "blue")).hasSize(1);
  }

  @Test
  void tellsOfDeletionsThatItDidNotSee() throws Exception {
    configMaps.create(configMap("gone", "red"));
    fixture.startAndSync();
    whileItIsAway(
        () -> {
          server.history.erase("team-a", "gone");
          server.history.bookmark();
          server.history.compact();
        });
    fixture.awaitServer();
    assertThat(heard.events)
        .containsExactly("added gone red initial", "synced", "deleted gone red unknown");
    Fixtures.await(() -> observed.contains("relisted ConfigMap KUBE_EXPIRED 0"));
  }

  /** Ends the watch and keeps the next one waiting, in vain, until the work is done. */
  private void whileItIsAway(Runnable work) throws InterruptedException {
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    server.script(
        exchange -> {
          away.countDown();
          await(done);
          FakeKubeServer.send(exchange, 503, "", new byte[0]);
        });
    server.history.interrupt("end");
    assertThat(away.await(20, TimeUnit.SECONDS)).isTrue();
    work.run();
    done.countDown();
  }

  @Test
  void ignoresEventsThatItHasSeen() throws Exception {
    fixture.startAndSync();
    server.history.duplicate(100);
    ConfigMap red = configMaps.create(configMap("a", "red"));
    configMaps.update(painted(red, "blue"));
    configMaps.delete(key("a"));
    fixture.awaitServer();
    assertThat(heard.events)
        .containsExactly("synced", "added a red", "updated a red -> blue", "deleted a blue");
  }

  @Test
  void refusesAListThatIsOlderThanWhatItKnows() throws Exception {
    fixture.startAndSync();
    server.history.staleLists(2);
    ConfigMap red = configMaps.create(configMap("a", "red"));
    fixture.awaitVersion(red);
    server.history.interrupt("expire");
    Fixtures.await(() -> observed.contains("relisted ConfigMap KUBE_EXPIRED 1"));

    assertThat(observed).filteredOn(o -> o.equals("broken ConfigMap KUBE_LIST_STALE")).hasSize(2);
    assertThat(heard.events).as("a was never gone").containsExactly("synced", "added a red");
  }

  @Test
  void believesAServerThatInsistsOnThePast() throws Exception {
    fixture.startAndSync();
    server.history.staleLists(4);
    ConfigMap red = configMaps.create(configMap("a", "red"));
    fixture.awaitVersion(red);
    server.history.interrupt("expire");
    Fixtures.await(() -> heard.events.contains("deleted a red unknown"));
    fixture.awaitServer();
    assertThat(cache.list()).containsExactly(red);
  }

  @Test
  void keepsTryingWhileTheFirstListFails() throws Exception {
    server.script(503, "ServiceUnavailable");
    server.scriptCut();
    server.script(200, "application/json", "{\"metadata\":{},\"items\":[]}");
    fixture.startAndSync();
    assertThat(fixture.note()).isEqualTo("broken ConfigMap KUBE_SERVICE_UNAVAILABLE");
    assertThat(fixture.note()).isEqualTo("broken ConfigMap KUBE_CONNECTION_LOST");
    assertThat(fixture.note()).isEqualTo("broken ConfigMap KUBE_VERSION_OPAQUE");
    assertThat(fixture.note()).isEqualTo("relisted ConfigMap start 0");
  }

  @Test
  void listsAnewAfterFiveFailuresInARow() throws Exception {
    fixture.startAndSync();
    for (int i = 0; i < CacheLoop.FAILURES_TO_RELIST; i++) {
      server.script(400, "BadRequest");
    }
    server.history.interrupt("end");
    Fixtures.await(() -> observed.contains("relisted ConfigMap KUBE_BAD_REQUEST 0"));
  }

  @Test
  void doesNotSpinWhenWatchesEndAtOnce() throws Exception {
    fixture.startAndSync();
    server.history.interrupt("end");
    Fixtures.await(() -> observed.contains("broken ConfigMap short"));
    configMaps.create(configMap("a", "red"));
    fixture.awaitServer();
  }

  @Test
  void takesALongWatchThatEndsForTheUsualThing() throws Exception {
    fixture.startAndSync();
    int before = server.history.begun();
    fixture.time.advance(Duration.ofMinutes(5));
    server.history.interrupt("end");
    Fixtures.await(() -> server.history.begun() > before);
    assertThat(observed).noneMatch(note -> note.startsWith("broken"));
  }

  @Test
  void survivesAnIndexThatFails() throws Exception {
    List<String> failing = new ArrayList<>(List.of("once"));
    cache.index(
        new Index<>(
            "moody",
            object -> {
              if (object.getMetadata().getName().equals("a") && !failing.isEmpty()) {
                failing.clear();
                throw new IllegalStateException("boom");
              }
              return List.of("x");
            }));
    fixture.startAndSync();
    configMaps.create(configMap("a", "red"));
    fixture.awaitServer();
    assertThat(observed).contains("broken ConfigMap KUBE_CACHE_FAILED");
    assertThat(cache.by(COLOUR, "red")).hasSize(1);
  }

  private long lists() {
    return server.seen.stream()
        .filter(seen -> seen.method().equals("GET") && !seen.query().containsKey("watch"))
        .count();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
