package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static io.terraorbit.foundation.kubernetes.Fixtures.painted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.time.TimeSource;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResourceCacheTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Index<ConfigMap, String> COLOUR =
      new Index<>("colour", object -> List.of(object.getData().get("colour")));

  private final VirtualTime time = new VirtualTime();
  private final Heard heard = new Heard();
  private final BlockingQueue<String> observed = new LinkedBlockingQueue<>();
  private FakeKubeServer server;
  private KubeClient kube;
  private ResourceClient<ConfigMap> configMaps;
  private ResourceCache<ConfigMap> cache;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
    kube = KubeClient.connect(server.settings());
    configMaps = kube.resources(ConfigMap.class);
    CacheSettings settings =
        CacheSettings.of(time, new SplittableRandom(1))
            .withPauses(Duration.ofMillis(1), Duration.ofMillis(20))
            .withObserver(new Notes(observed));
    cache = ResourceCache.open(configMaps, Query.of(), settings);
    cache.index(COLOUR);
    cache.listen(heard);
  }

  @AfterEach
  void close() {
    cache.close();
    kube.close();
    server.close();
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
      startAndSync();
      ConfigMap fresh = configMaps.create(configMap("fresh", "blue"));
      awaitVersion(fresh);

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
      startAndSync();
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      awaitVersion(blue);
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
        Heard all = new Heard();
        paged.listen(all);
        paged.start();
        assertThat(paged.awaitSynced(LONG)).isTrue();
        assertThat(paged.list()).hasSize(5);
        assertThat(all.events).hasSize(6).last().isEqualTo("synced");
      }
    }

    @Test
    void waitsForAVersion() throws Exception {
      startAndSync();
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
      startAndSync();
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      configMaps.create(configMap("b", "red"));
      configMaps.delete(key("a"));
      awaitServer();

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
      startAndSync();
      Heard late = new Heard();
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
      Heard after = new Heard();
      cache.listen(after);
      startAndSync();
      configMaps.create(configMap("a", "red"));
      configMaps.delete(key("a"));
      awaitServer();
      assertThat(after.events).containsExactly("synced", "added a red", "deleted a red");
    }

    @Test
    void toldObserversSeeTheStory() throws Exception {
      configMaps.create(configMap("a", "red"));
      startAndSync();
      configMaps.create(configMap("b", "red"));
      awaitServer();
      assertThat(note()).isEqualTo("relisted ConfigMap start 1");
      assertThat(note()).isEqualTo("synced ConfigMap 1");
      assertThat(note()).isEqualTo("lag ConfigMap " + server.history.version());
    }

    @Test
    void nobodyHearsAnythingAfterTheEnd() throws Exception {
      startAndSync();
      cache.abandon();
      Heard late = new Heard();
      cache.listen(late);
      configMaps.create(configMap("a", "red"));
      cache.resync();
      cache.close();
      assertThat(late.events).isEmpty();
      assertThat(heard.events).containsExactly("synced");
    }
  }

  @Nested
  class Recovering {
    @Test
    void resumesABrokenWatchWithoutANewList() throws Exception {
      startAndSync();
      for (String how : List.of("cut", "end", "noise")) {
        server.history.interrupt(how);
        configMaps.create(configMap(how, "red"));
        awaitServer();
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
      startAndSync();
      awaitServer();
      whileItIsAway(
          () -> {
            server.history.paint("team-a", "a", "blue");
            server.history.erase("team-a", "gone");
            server.history.paint("team-a", "new", "green");
            server.history.bookmark();
            server.history.compact();
          });
      awaitServer();

      assertThat(heard.events).contains("updated a red -> blue", "added new green");
      assertThat(heard.events).anyMatch(e -> e.startsWith("deleted gone red"));
      assertThat(heard.events).filteredOn(e -> e.contains(" same ")).hasSize(1);
      assertThat(cache.by(COLOUR, "blue")).hasSize(1);
    }

    @Test
    void tellsOfDeletionsThatItDidNotSee() throws Exception {
      configMaps.create(configMap("gone", "red"));
      startAndSync();
      whileItIsAway(
          () -> {
            server.history.erase("team-a", "gone");
            server.history.bookmark();
            server.history.compact();
          });
      awaitServer();
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
      startAndSync();
      server.history.duplicate(100);
      ConfigMap red = configMaps.create(configMap("a", "red"));
      configMaps.update(painted(red, "blue"));
      configMaps.delete(key("a"));
      awaitServer();
      assertThat(heard.events)
          .containsExactly("synced", "added a red", "updated a red -> blue", "deleted a blue");
    }

    @Test
    void refusesAListThatIsOlderThanWhatItKnows() throws Exception {
      startAndSync();
      server.history.staleLists(2);
      ConfigMap red = configMaps.create(configMap("a", "red"));
      awaitVersion(red);
      server.history.interrupt("expire");
      Fixtures.await(() -> observed.contains("relisted ConfigMap KUBE_EXPIRED 1"));

      assertThat(observed).filteredOn(o -> o.equals("broken ConfigMap KUBE_LIST_STALE")).hasSize(2);
      assertThat(heard.events).as("a was never gone").containsExactly("synced", "added a red");
    }

    @Test
    void believesAServerThatInsistsOnThePast() throws Exception {
      startAndSync();
      server.history.staleLists(4);
      ConfigMap red = configMaps.create(configMap("a", "red"));
      awaitVersion(red);
      server.history.interrupt("expire");
      Fixtures.await(() -> heard.events.contains("deleted a red unknown"));
      awaitServer();
      assertThat(cache.list()).containsExactly(red);
    }

    @Test
    void keepsTryingWhileTheFirstListFails() throws Exception {
      server.script(503, "ServiceUnavailable");
      server.scriptCut();
      server.script(200, "application/json", "{\"metadata\":{},\"items\":[]}");
      startAndSync();
      assertThat(note()).isEqualTo("broken ConfigMap KUBE_SERVICE_UNAVAILABLE");
      assertThat(note()).isEqualTo("broken ConfigMap KUBE_CONNECTION_LOST");
      assertThat(note()).isEqualTo("broken ConfigMap KUBE_VERSION_OPAQUE");
      assertThat(note()).isEqualTo("relisted ConfigMap start 0");
    }

    @Test
    void listsAnewAfterFiveFailuresInARow() throws Exception {
      startAndSync();
      for (int i = 0; i < CacheLoop.FAILURES_TO_RELIST; i++) {
        server.script(400, "BadRequest");
      }
      server.history.interrupt("end");
      Fixtures.await(() -> observed.contains("relisted ConfigMap KUBE_BAD_REQUEST 0"));
    }

    @Test
    void doesNotSpinWhenWatchesEndAtOnce() throws Exception {
      startAndSync();
      server.history.interrupt("end");
      Fixtures.await(() -> observed.contains("broken ConfigMap short"));
      configMaps.create(configMap("a", "red"));
      awaitServer();
    }

    @Test
    void takesALongWatchThatEndsForTheUsualThing() throws Exception {
      startAndSync();
      int before = server.history.begun();
      time.advance(Duration.ofMinutes(5));
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
      startAndSync();
      configMaps.create(configMap("a", "red"));
      awaitServer();
      assertThat(observed).contains("broken ConfigMap KUBE_CACHE_FAILED");
      assertThat(cache.by(COLOUR, "red")).hasSize(1);
    }
  }

  @Nested
  class Overlaying {
    @Test
    void showsAnOwnWriteBeforeTheWatchBringsIt() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      ConfigMap other = configMaps.create(configMap("b", "red"));
      startAndSync();
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
      startAndSync();
      cache.overlay(future(red, "blue", 1));
      assertThat(cache.by(COLOUR, "blue")).hasSize(1);

      server.history.bookmark();
      awaitServer();

      assertThat(cache.get(key("a"))).contains(red);
      assertThat(cache.by(COLOUR, "blue")).isEmpty();
    }

    @Test
    void neverOutlivesADeletion() throws Exception {
      ConfigMap red = configMaps.create(configMap("a", "red"));
      startAndSync();
      ConfigMap blue = configMaps.update(painted(red, "blue"));
      cache.overlay(blue);
      configMaps.delete(key("a"));
      awaitServer();
      assertThat(cache.get(key("a"))).isEmpty();
      cache.overlay(blue);
      assertThat(cache.get(key("a"))).as("late overlays of the past are ignored").isEmpty();
    }

    @Test
    void ignoresWhatHasNoVersion() throws Exception {
      startAndSync();
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
      startAndSync();
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
      startAndSync();
      kube.abandon();
      assertThat(cache.await(ResourceVersion.of(Long.MAX_VALUE), LONG)).isFalse();
      Fixtures.await(() -> cacheThreads().isEmpty());
    }

    @Test
    void closeCutsAPauseShort() throws Exception {
      CacheSettings slow =
          CacheSettings.of(TimeSource.system(), new SplittableRandom(1))
              .withPauses(Duration.ofMinutes(5), Duration.ofMinutes(5))
              .withObserver(new Notes(observed));
      server.script(503, "ServiceUnavailable");
      ResourceCache<ConfigMap> pausing = ResourceCache.open(configMaps, Query.of(), slow);
      pausing.start();
      assertThat(note()).isEqualTo("broken ConfigMap KUBE_SERVICE_UNAVAILABLE");
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
      startAndSync();
      assertThat(cacheThreads()).hasSize(1);
    }

    private List<String> cacheThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .filter(name -> name.equals("kube-cache-ConfigMap"))
          .toList();
    }
  }

  private void startAndSync() throws InterruptedException {
    cache.start();
    assertThat(cache.awaitSynced(LONG)).isTrue();
    assertThat(cache.synced()).isTrue();
    Fixtures.await(() -> server.history.begun() > 0);
  }

  private void awaitServer() throws InterruptedException {
    assertThat(cache.await(ResourceVersion.of(server.history.version()), LONG)).isTrue();
    // Waits for the delivery that is under way: the store may be ahead of the listeners by one.
    cache.listen(new CacheListener<>() {});
  }

  private void awaitVersion(ConfigMap object) throws InterruptedException {
    assertThat(cache.await(ResourceVersion.of(object).orElseThrow(), LONG)).isTrue();
    cache.listen(new CacheListener<>() {});
  }

  private String note() throws InterruptedException {
    return String.valueOf(observed.poll(20, TimeUnit.SECONDS));
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

  private static final class Heard implements CacheListener<ConfigMap> {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void added(ConfigMap object, boolean initial) {
      events.add("added " + show(object) + (initial ? " initial" : ""));
    }

    @Override
    public void updated(ConfigMap before, ConfigMap after, boolean resync) {
      events.add(
          "updated "
              + show(before)
              + " -> "
              + after.getData().get("colour")
              + (resync ? " resync" : ""));
    }

    @Override
    public void deleted(ConfigMap object, boolean finalStateUnknown) {
      events.add("deleted " + show(object) + (finalStateUnknown ? " unknown" : ""));
    }

    @Override
    public void synced() {
      events.add("synced");
    }

    private static String show(ConfigMap object) {
      return object.getMetadata().getName() + " " + object.getData().get("colour");
    }
  }

  private record Notes(BlockingQueue<String> notes) implements CacheObserver {
    @Override
    public void synced(String cache, int objects, Duration took) {
      notes.add("synced %s %d".formatted(cache, objects));
    }

    @Override
    public void relisted(String cache, String reason, int objects) {
      notes.add("relisted %s %s %d".formatted(cache, reason, objects));
    }

    @Override
    public void watchBroken(String cache, String reason) {
      notes.add("broken %s %s".formatted(cache, reason));
    }

    @Override
    public void lag(String cache, ResourceVersion version, Duration lag) {
      notes.add("lag %s %s".formatted(cache, version));
    }
  }
}
