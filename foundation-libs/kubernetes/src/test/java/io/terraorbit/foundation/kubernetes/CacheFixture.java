package io.terraorbit.foundation.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A cache of ConfigMaps on a fake server, with a listener and an observer that take notes. */
final class CacheFixture implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);
  static final Index<ConfigMap, String> COLOUR =
      new Index<>("colour", object -> List.of(object.getData().get("colour")));

  final VirtualTime time = new VirtualTime();
  final Heard heard = new Heard();
  final BlockingQueue<String> observed = new LinkedBlockingQueue<>();
  final FakeKubeServer server = new FakeKubeServer();
  final KubeClient kube = KubeClient.connect(server.settings());
  final ResourceClient<ConfigMap> configMaps = kube.resources(ConfigMap.class);
  final ResourceCache<ConfigMap> cache =
      ResourceCache.open(
          configMaps,
          Query.of(),
          CacheSettings.of(time, new SplittableRandom(1))
              .withPauses(Duration.ofMillis(1), Duration.ofMillis(20))
              .withObserver(new Notes(observed)));

  CacheFixture() throws IOException {
    cache.index(COLOUR);
    cache.listen(heard);
  }

  @Override
  public void close() {
    cache.close();
    kube.close();
    server.close();
  }

  void startAndSync() throws InterruptedException {
    cache.start();
    assertThat(cache.awaitSynced(LONG)).isTrue();
    assertThat(cache.synced()).isTrue();
    Fixtures.await(() -> server.history.begun() > 0);
  }

  void awaitServer() throws InterruptedException {
    assertThat(cache.await(ResourceVersion.of(server.history.version()), LONG)).isTrue();
    // Waits for the delivery that is under way: the store may be ahead of the listeners by one.
    cache.listen(new CacheListener<>() {});
  }

  void awaitVersion(ConfigMap object) throws InterruptedException {
    assertThat(cache.await(ResourceVersion.of(object).orElseThrow(), LONG)).isTrue();
    cache.listen(new CacheListener<>() {});
  }

  String note() throws InterruptedException {
    return String.valueOf(observed.poll(20, TimeUnit.SECONDS));
  }

  static final class Heard implements CacheListener<ConfigMap> {
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

  record Notes(BlockingQueue<String> notes) implements CacheObserver {
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
