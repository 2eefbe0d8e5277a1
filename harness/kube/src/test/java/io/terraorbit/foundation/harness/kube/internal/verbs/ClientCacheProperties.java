package io.terraorbit.foundation.harness.kube.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What clients see, whatever is written and whenever their watches break. jqwik prints the seed of
 * a failure, and takes it back.
 */
class ClientCacheProperties {
  private static final List<String> SELECTORS = List.of("", "on", "!on", "on in (a,b)", "on!=a");

  @Property(tries = 200)
  void everyCacheEqualsTheStoreInTheEnd(
      @ForAll("histories") List<Step> steps,
      @ForAll("breaks") List<Integer> breaks,
      @ForAll @IntRange(min = 1, max = 5) int pageSize) {
    TestCluster cluster = new TestCluster(12);
    List<CachingClient> clients =
        SELECTORS.stream().map(selector -> new CachingClient(cluster, selector, pageSize)).toList();
    for (int i = 0; i < steps.size(); i++) {
      cluster.run(steps.get(i));
      for (int client = 0; client < clients.size(); client++) {
        int turn = breaks.isEmpty() ? 0 : breaks.get((i + 7 * client) % breaks.size());
        switch (turn) {
          case 1 -> clients.get(client).lose();
          case 2 -> clients.get(client).follow();
          default -> {}
        }
      }
    }
    for (CachingClient client : clients) {
      client.follow();
      assertThat(client.cache()).as(client.selector()).isEqualTo(cluster.state(client.selector()));
      client.lose();
    }
    assertThat(cluster.watchers()).isZero();
  }

  @Property(tries = 200)
  void aWatchLosesDoublesAndReordersNothing(
      @ForAll("histories") List<Step> before, @ForAll("histories") List<Step> after) {
    for (String selector : SELECTORS) {
      TestCluster cluster = new TestCluster(1000);
      before.forEach(cluster::run);
      long start = cluster.revision();
      Map<String, Map<String, Object>> known = cluster.state(selector);
      LiveWatch watch = cluster.watch(selector, start);
      List<String> expected = new ArrayList<>();
      for (Step step : after) {
        Map<String, Map<String, Object>> old = cluster.state(selector);
        long revision = cluster.revision();
        cluster.run(step);
        if (cluster.revision() > revision) {
          expected.addAll(changes(old, cluster.state(selector), cluster.revision()));
        }
      }
      List<String> seen = new ArrayList<>();
      for (var event = watch.poll(); event.isPresent(); event = watch.poll()) {
        Map<String, Object> object = event.get().object();
        seen.add(
            event.get().type()
                + " "
                + Meta.name(object)
                + " "
                + Meta.text(object, "resourceVersion"));
      }
      watch.end();

      assertThat(seen).as("%s from %s", selector, known.keySet()).isEqualTo(expected);
    }
  }

  @Property(tries = 200)
  void pagesAreOneMomentWhateverIsWrittenBetween(
      @ForAll("histories") List<Step> before,
      @ForAll("histories") List<Step> between,
      @ForAll @IntRange(min = 1, max = 4) int pageSize) {
    for (String selector : SELECTORS) {
      TestCluster cluster = new TestCluster(1000);
      before.forEach(cluster::run);
      Map<String, Map<String, Object>> moment = cluster.state(selector);
      long revision = cluster.revision();
      Map<String, Map<String, Object>> paged = new TreeMap<>();
      int next = 0;
      String token = "";
      int pages = 0;
      do {
        assertThat(++pages).as("pages").isLessThan(100);
        Map<String, Object> page = cluster.list(selector, pageSize, token);
        for (Object item : Values.listAt(page, "items")) {
          assertThat(paged.put(Meta.name(Values.object(item)), Values.object(item))).isNull();
        }
        assertThat(Meta.text(page, "resourceVersion")).isEqualTo("" + revision);
        token = Meta.text(page, "continue");
        for (int i = 0; i < 3 && next < between.size(); i++) {
          cluster.run(between.get(next++));
        }
      } while (!token.isEmpty());

      assertThat(paged).isEqualTo(moment);
    }
  }

  @Property(tries = 100)
  void aForkIsItsRevisionAndGoesItsOwnWay(
      @ForAll("histories") List<Step> before,
      @ForAll("histories") List<Step> after,
      @ForAll("histories") List<Step> inFork) {
    TestCluster cluster = new TestCluster(1000);
    before.forEach(cluster::run);
    String then = Json.text(cluster.state(""));
    TestCluster fork = cluster.fork();
    after.forEach(cluster::run);
    String now = Json.text(cluster.state(""));
    assertThat(Json.text(fork.state(""))).isEqualTo(then);

    inFork.forEach(fork::run);

    assertThat(Json.text(cluster.state(""))).isEqualTo(now);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of("put", "put", "put", "label", "unlabel", "delete", "other"),
            Arbitraries.of("a", "b", "c", "d", "e", "f"),
            Arbitraries.of("a", "b", "c"))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** 0: nothing, 1: a client loses its watch and all that waits in it, 2: it catches up. */
  @Provide
  Arbitrary<List<Integer>> breaks() {
    return Arbitraries.of(0, 0, 1, 2).list().ofMinSize(1).ofMaxSize(20);
  }

  /** What a watcher must be told of one write, by what is selected before and after it. */
  private static List<String> changes(
      Map<String, Map<String, Object>> before,
      Map<String, Map<String, Object>> after,
      long revision) {
    List<String> changes = new ArrayList<>();
    TreeMap<String, Object> names = new TreeMap<>(before);
    names.putAll(after);
    for (String name : names.keySet()) {
      Map<String, Object> old = before.get(name);
      Map<String, Object> now = after.get(name);
      if (old == null || now == null || !old.equals(now)) {
        String type = old == null ? "ADDED" : now == null ? "DELETED" : "MODIFIED";
        changes.add(type + " " + name + " " + revision);
      }
    }
    return changes;
  }

  record Step(String what, String name, String value) {}
}
