package io.terraorbit.foundation.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.kubernetes.internal.models.ModelJson;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever happens to a cache, once the trouble ends it holds what the server holds. */
class CacheProperties {
  private static final Index<ConfigMap, String> COLOUR =
      new Index<>("colour", object -> List.of(object.getData().get("colour")));
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  /** Something that a client, the network or the server does. */
  record Act(String what, String name, String colour) {}

  @Provide
  Arbitrary<List<Act>> histories() {
    Arbitrary<String> what =
        Arbitraries.frequency(
            Tuple.of(8, "write"),
            Tuple.of(3, "overlay"),
            Tuple.of(4, "delete"),
            Tuple.of(1, "bookmark"),
            Tuple.of(1, "duplicate"),
            Tuple.of(1, "compact"),
            Tuple.of(1, "stale"),
            Tuple.of(1, "refuse"),
            Tuple.of(1, "settle"),
            Tuple.of(1, "end"),
            Tuple.of(1, "cut"),
            Tuple.of(1, "noise"),
            Tuple.of(1, "expire"));
    Arbitrary<String> name = Arbitraries.of("a", "b", "c", "d");
    return Combinators.combine(what, name, Arbitraries.of(COLOURS))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void atRestTheCacheAndItsIndexesEqualTheServer(@ForAll("histories") List<Act> acts)
      throws IOException, InterruptedException {
    try (FakeKubeServer server = new FakeKubeServer();
        KubeClient kube = KubeClient.connect(server.settings());
        ResourceCache<ConfigMap> cache =
            ResourceCache.open(kube.resources(ConfigMap.class), Query.of().limit(2), settings())) {
      Mirror mirror = new Mirror();
      cache.index(COLOUR);
      cache.listen(mirror);
      cache.start();
      for (Act act : acts) {
        perform(act, server.history, cache);
      }
      server.history.calm();
      server.history.bookmark();
      ResourceVersion end = ResourceVersion.of(server.history.version());
      assertThat(cache.await(end, Duration.ofSeconds(30))).as("the cache catches up").isTrue();
      cache.listen(new CacheListener<>() {});
      check(cache, kube.resources(ConfigMap.class).list(Query.of()).toList(), mirror);
    }
  }

  private static void perform(Act act, FakeHistory history, ResourceCache<ConfigMap> cache)
      throws IOException, InterruptedException {
    switch (act.what()) {
      case "write" -> write(act, history);
      case "overlay" -> readOwnWrite(write(act, history), cache);
      case "delete" -> history.erase("team-a", act.name());
      case "bookmark" -> history.bookmark();
      case "duplicate" -> history.duplicate(3);
      case "compact" -> history.compact();
      case "stale" -> history.staleLists(1);
      case "refuse" -> history.refuse(2);
      case "settle" -> cache.awaitSynced(Duration.ofSeconds(30));
      default -> history.interrupt(act.what());
    }
  }

  private static ConfigMap write(Act act, FakeHistory history) throws IOException {
    Map<String, Object> written = history.paint("team-a", act.name(), act.colour());
    return ModelJson.read(Json.write(written), ConfigMap.class);
  }

  private static void readOwnWrite(ConfigMap written, ResourceCache<ConfigMap> cache) {
    cache.overlay(written);
    assertThat(cache.get(ObjectKey.of(written))).contains(written);
    assertThat(cache.by(COLOUR, written.getData().get("colour"))).contains(written);
  }

  private static void check(ResourceCache<ConfigMap> cache, List<ConfigMap> served, Mirror mirror) {
    assertThat(cache.list()).containsExactlyInAnyOrderElementsOf(served);
    assertThat(cache.snapshot().objects().values()).containsExactlyInAnyOrderElementsOf(served);
    for (String colour : COLOURS) {
      assertThat(cache.by(COLOUR, colour))
          .as(colour)
          .containsExactlyInAnyOrderElementsOf(
              served.stream().filter(o -> o.getData().get("colour").equals(colour)).toList());
    }
    assertThat(mirror.mistakes).isEmpty();
    assertThat(mirror.objects.values()).containsExactlyInAnyOrderElementsOf(served);
  }

  private static CacheSettings settings() {
    return CacheSettings.of(TimeSource.system(), new SplittableRandom(1))
        .withPauses(Duration.ofMillis(1), Duration.ofMillis(4));
  }

  /** Builds the cache's content anew from what listeners hear, and notes what cannot be. */
  private static final class Mirror implements CacheListener<ConfigMap> {
    final Map<ObjectKey, ConfigMap> objects = new ConcurrentHashMap<>();
    final List<String> mistakes = new CopyOnWriteArrayList<>();

    @Override
    public void added(ConfigMap object, boolean initial) {
      if (objects.put(ObjectKey.of(object), object) != null) {
        mistakes.add("added twice: " + object);
      }
    }

    @Override
    public void updated(ConfigMap before, ConfigMap after, boolean resync) {
      ConfigMap known = objects.put(ObjectKey.of(after), after);
      if (!before.equals(known) || before.equals(after)) {
        mistakes.add("updated %s from %s, which was %s".formatted(after, before, known));
      }
    }

    @Override
    public void deleted(ConfigMap object, boolean finalStateUnknown) {
      if (objects.remove(ObjectKey.of(object)) == null) {
        mistakes.add("deleted what was not there: " + object);
      }
    }
  }
}
