package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.CacheFixture.COLOUR;
import static io.terraorbit.foundation.kubernetes.CacheFixture.LONG;
import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static io.terraorbit.foundation.kubernetes.Fixtures.painted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResourceCacheTest {
  private CacheFixture fixture;
  private FakeKubeServer server;
  private KubeClient kube;
  private ResourceClient<ConfigMap> configMaps;
  private ResourceCache<ConfigMap> cache;
  private CacheFixture.Heard heard;
  private BlockingQueue<String> observed;

  @BeforeEach
  void open() throws IOException {
    fixture = new CacheFixture();
    server = fixture.server;
    kube = fixture.kube;
    configMaps = fixture.configMaps;
    cache = fixture.cache;
    heard = fixture.heard;
    observed = fixture.observed;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Nested
  class Reading {
    @Test
    void holdsNothingBeforeItsFirstList() throws Exception {
      assertThat(cache.synced()).isFalse();
      assertThat(cache.observed()).isEmpty();
      assertThat(cache.list()).isEmpty();
      assertThat(cache.awaitSynced(Duration.ofMillis(1))).isFalse();
      assertThat(cache.await(ResourceVersion.of(1), Duration.ofMillis(1))).isFalse();
    }

    @Test
    void holdsWhatWasThereAndWhatCame() throws Exception {
      ConfigMap old = configMaps.create(configMap("old", "red"));
      fixture.startAndSync();
      ConfigMap fresh = configMaps.create(configMap("fresh", "blue"));
      fixture.awaitVersion(fresh);

      assertThat(cache.get(key("old"))).contains(old);
      assertThat(cache.get(key("none"))).isEmpty();
      assertThat(cache.list()).containsExactlyInAnyOrder(old, fresh);
      assertThat(cache.list().get(0).getMetadata().getManagedFields()).isEmpty();
      assertThat(cache.by(COLOUR, "blue")).containsExactly(fresh);
      assertThat(cache.by(COLOUR, "green")).isEmpty();
      assertThat(cache.snapshot().objects()).containsOnlyKeys(key("old"), key("fresh"));
      assertThat(cache.snapshot().version()).isEqualTo(cache.observed());
    }

    @Test
    void keepsIndexesInStepWithObjects() throws Exception {
      fixture.startAndSync();
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      fixture.awaitVersion(blue);
      assertThat(cache.by(COLOUR, "red")).isEmpty();
      assertThat(cache.by(COLOUR, "blue")).containsExactly(blue);

      Index<ConfigMap, Integer> length =
          new Index<>("length", object -> List.of(object.getData().get("colour").length()));
      assertThatThrownBy(() -> cache.by(length, 4))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the cache keeps no index 'length'; give it to index() first");
      cache.index(length);
      assertThat(cache.by(length, 4)).containsExactly(blue);

      configMaps.delete(key("a"));
      Fixtures.await(() -> cache.list().isEmpty());
      assertThat(cache.by(length, 4)).isEmpty();
      assertThat(cache.by(COLOUR, "blue")).isEmpty();
    }

    @Test
    void readsAllPagesBeforeItShowsAny() throws Exception {
      for (int i = 0; i < 5; i++) {
        configMaps.create(configMap("m" + i, "red"));
      }
      try (ResourceCache<ConfigMap> paged =
          ResourceCache.open(configMaps, Query.of().limit(2), CacheSettings.system())) {
        CacheFixture.Heard all = new CacheFixture.Heard();
        paged.listen(all);
        paged.start();
        assertThat(paged.awaitSynced(LONG)).isTrue();
        assertThat(paged.list()).hasSize(5);
        assertThat(all.events).hasSize(6).last().isEqualTo("synced");
      }
    }

    @Test
    void waitsForAVersion() throws Exception {
      fixture.startAndSync();
      ResourceVersion next = ResourceVersion.of(server.history.version() + 1);
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return cache.await(next, LONG);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      server.history.bookmark();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(cache.observed()).contains(next);
    }
  }

  @Nested
  class Telling {
    @Test
    void tellsListenersInOrder() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      fixture.startAndSync();
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      configMaps.create(configMap("b", "red"));
      configMaps.delete(key("a"));
      fixture.awaitServer();

      assertThat(heard.events)
          .containsExactly(
              "added a red initial",
              "synced",
              "updated a red -> blue",
              "added b red",
              "deleted a blue");
      assertThat(cache.get(key("a"))).as(blue + " is gone").isEmpty();
    }

    @Test
    void tellsALateListenerWhatIsThere() throws Exception {
      configMaps.create(configMap("a", "red"));
      fixture.startAndSync();
      CacheFixture.Heard late = new CacheFixture.Heard();
      cache.listen(late);
      assertThat(late.events).containsExactly("added a red initial", "synced");
      cache.resync();
      assertThat(late.events).last().isEqualTo("updated a red -> red resync");
    }

    @Test
    void survivesAListenerThatFails() throws Exception {
      cache.listen(
          new CacheListener<>() {
            @Override
            public void added(ConfigMap object, boolean initial) {
              throw new IllegalStateException("boom");
            }
          });
      CacheFixture.Heard after = new CacheFixture.Heard();
      cache.listen(after);
      fixture.startAndSync();
      configMaps.create(configMap("a", "red"));
      configMaps.delete(key("a"));
      fixture.awaitServer();
      assertThat(after.events).containsExactly("synced", "added a red", "deleted a red");
    }

    @Test
    void toldObserversSeeTheStory() throws Exception {
      configMaps.create(configMap("a", "red"));
      fixture.startAndSync();
      configMaps.create(configMap("b", "red"));
      fixture.awaitServer();
      assertThat(fixture.note()).isEqualTo("relisted ConfigMap start 1");
      assertThat(fixture.note()).isEqualTo("synced ConfigMap 1");
      assertThat(fixture.note()).isEqualTo("lag ConfigMap " + server.history.version());
    }

    @Test
    void nobodyHearsAnythingAfterTheEnd() throws Exception {
      fixture.startAndSync();
      cache.abandon();
      CacheFixture.Heard late = new CacheFixture.Heard();
      cache.listen(late);
      configMaps.create(configMap("a", "red"));
      cache.resync();
      cache.close();
      assertThat(late.events).isEmpty();
      assertThat(heard.events).containsExactly("synced");
    }
  }

  @Nested
  class Overlaying {
    @Test
    void showsAnOwnWriteBeforeTheWatchBringsIt() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap other = configMaps.create(configMap("b", "red"));
      fixture.startAndSync();
      ConfigMap blue = future(red, "blue", 5);

      cache.overlay(blue);

      assertThat(cache.get(key("a"))).contains(blue);
      assertThat(cache.list()).containsExactlyInAnyOrder(blue, other);
      assertThat(cache.by(COLOUR, "blue")).containsExactly(blue);
      assertThat(cache.by(COLOUR, "red")).containsExactly(other);
      assertThat(cache.snapshot().objects()).containsEntry(key("a"), red);
      cache.overlay(future(red, "green", 4));
      assertThat(cache.get(key("a"))).as("the newer write wins").contains(blue);
      cache.overlay(future(red, "green", 6));
      assertThat(cache.by(COLOUR, "green")).hasSize(1);
    }

    @Test
    void forgetsItOnceTheVersionIsObserved() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      fixture.startAndSync();
      cache.overlay(future(red, "blue", 1));
      assertThat(cache.by(COLOUR, "blue")).hasSize(1);

      server.history.bookmark();
      fixture.awaitServer();

      assertThat(cache.get(key("a"))).contains(red);
      assertThat(cache.by(COLOUR, "blue")).isEmpty();
    }

    @Test
    void neverOutlivesADeletion() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      fixture.startAndSync();
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      cache.overlay(blue);
      configMaps.delete(key("a"));
      fixture.awaitServer();
      assertThat(cache.get(key("a"))).isEmpty();
      cache.overlay(blue);
      assertThat(cache.get(key("a"))).as("late overlays of the past are ignored").isEmpty();
    }

    @Test
    void ignoresWhatHasNoVersion() throws Exception {
      fixture.startAndSync();
      cache.overlay(configMap("a", "red"));
      assertThat(cache.list()).isEmpty();
    }

    private ConfigMap future(ConfigMap object, String colour, int steps) {
      ConfigMap written = painted(object, colour);
      written.getMetadata().setResourceVersion(Long.toString(server.history.version() + steps));
      return written;
    }
  }

  @Nested
  class Ending {
    @Test
    void closeLetsWaitersAndTheThreadGo() throws Exception {
      fixture.startAndSync();
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return cache.await(ResourceVersion.of(Long.MAX_VALUE), LONG);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      cache.close();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
      assertThat(cacheThreads()).isEmpty();
      cache.start();
      assertThat(cacheThreads()).isEmpty();
    }

    @Test
    void endsWithItsClient() throws Exception {
      fixture.startAndSync();
      kube.abandon();
      assertThat(cache.await(ResourceVersion.of(Long.MAX_VALUE), LONG)).isFalse();
      Fixtures.await(() -> cacheThreads().isEmpty());
    }

    @Test
    void closeCutsAPauseShort() throws Exception {
      CacheSettings slow =
          CacheSettings.of(TimeSource.system(), new SplittableRandom(1))
              .withPauses(Duration.ofMinutes(5), Duration.ofMinutes(5))
              .withObserver(new CacheFixture.Notes(observed));
      server.script(503, "ServiceUnavailable");
      ResourceCache<ConfigMap> pausing = ResourceCache.open(configMaps, Query.of(), slow);
      pausing.start();
      assertThat(fixture.note()).isEqualTo("broken ConfigMap KUBE_SERVICE_UNAVAILABLE");
      pausing.close();
      assertThat(cacheThreads()).isEmpty();
      assertThat(pausing.awaitSynced(LONG)).isFalse();
    }

    @Test
    void mayBeClosedByAListener() throws Exception {
      CountDownLatch closed = new CountDownLatch(1);
      cache.listen(
          new CacheListener<>() {
            @Override
            public void synced() {
              cache.close();
              closed.countDown();
            }
          });
      cache.start();
      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
      Fixtures.await(() -> cacheThreads().isEmpty());
      assertThat(cache.synced()).isFalse();
    }

    @Test
    void startsOnce() throws Exception {
      cache.start();
      fixture.startAndSync();
      assertThat(cacheThreads()).hasSize(1);
    }

    private List<String> cacheThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .filter(name -> name.equals("kube-cache-ConfigMap"))
          .toList();
    }
  }
}
