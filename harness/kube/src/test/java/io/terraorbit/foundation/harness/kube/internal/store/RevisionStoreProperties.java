package io.terraorbit.foundation.harness.kube.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Whatever was written and compacted, against a model that keeps everything. */
class RevisionStoreProperties {
  private static final Origin ORIGIN = new Origin("u", "v", "");

  @Property(tries = 300)
  void aWatcherSeesExactlyTheLaterEventsInOrder(
      @ForAll("histories") List<Step> before,
      @ForAll("histories") List<Step> after,
      @ForAll @IntRange(max = 40) int startAt) {
    Model model = new Model();
    model.runAll(before);
    long from = Math.max(model.store.oldest(), Math.min(startAt, model.store.revision()));
    List<Event<String>> seen = new ArrayList<>();

    Watching<String> watching = model.store.watch("/a/", from, seen::add);
    seen.addAll(0, watching.replay());
    model.runAll(after);

    assertThat(seen)
        .isEqualTo(
            model.events.stream()
                .filter(event -> event.revision() > from && event.key().startsWith("/a/"))
                .toList());
  }

  @Property(tries = 300)
  void everyKeptRevisionReadsAsItWas(@ForAll("histories") List<Step> steps) {
    Model model = new Model();
    model.runAll(steps);

    for (long revision = model.store.oldest(); revision <= model.store.revision(); revision++) {
      Map<String, String> read = new TreeMap<>();
      model.store.at(revision).list("/").forEach(entry -> read.put(entry.key(), entry.value()));
      assertThat(read).isEqualTo(model.states.get(revision));
    }
  }

  @Property(tries = 300)
  void aForkIsTheRevisionAndIndependent(
      @ForAll("histories") List<Step> steps,
      @ForAll("histories") List<Step> later,
      @ForAll @IntRange(max = 40) int at) {
    Model model = new Model();
    model.runAll(steps);
    long revision = Math.max(model.store.oldest(), Math.min(at, model.store.revision()));
    RevisionStore<String> fork = model.store.fork(revision);
    Map<String, String> then = model.states.get(revision);

    model.runAll(later);
    Map<String, String> forked = new TreeMap<>();
    fork.latest().list("/").forEach(entry -> forked.put(entry.key(), entry.value()));
    fork.write(tx -> tx.put("/a/new", r -> "x", ORIGIN));

    assertThat(forked).isEqualTo(then);
    assertThat(fork.revision()).isEqualTo(revision + 1);
    assertThat(model.store.latest().find("/a/new")).isEmpty();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of("put", "put", "put", "delete", "compact"),
                Arbitraries.of("/a/1", "/a/2", "/b/1"),
                Arbitraries.integers().between(0, 9))
            .as(Step::new);
    return step.list().ofMaxSize(30);
  }

  record Step(String what, String key, int number) {}

  private static final class Model {
    private final RevisionStore<String> store = new RevisionStore<>(Retention.of(12));
    private final List<Event<String>> events = new ArrayList<>();
    private final Map<Long, Map<String, String>> states = new TreeMap<>();
    private final Map<String, String> state = new TreeMap<>();

    Model() {
      states.put(1L, new TreeMap<>());
    }

    void runAll(List<Step> steps) {
      steps.forEach(this::run);
    }

    private void run(Step step) {
      switch (step.what()) {
        case "put" -> {
          String value = "" + step.number();
          events.add(store.write(tx -> tx.put(step.key(), revision -> value, ORIGIN)));
          state.put(step.key(), value);
        }
        case "delete" -> {
          if (!state.containsKey(step.key())) {
            return;
          }
          String value = state.remove(step.key());
          events.add(store.write(tx -> tx.delete(step.key(), revision -> value, ORIGIN)));
        }
        default -> store.compact(store.revision() - step.number());
      }
      states.put(store.revision(), new TreeMap<>(state));
    }
  }
}
