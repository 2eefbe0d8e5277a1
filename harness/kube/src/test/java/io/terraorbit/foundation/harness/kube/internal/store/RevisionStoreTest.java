package io.terraorbit.foundation.harness.kube.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevisionStoreTest {
  private static final Origin ORIGIN = new Origin("u", "create", "");

  private final RevisionStore<String> store = new RevisionStore<>(Retention.of(5));

  @Nested
  class Writing {
    @Test
    void takesARevisionForEachWriteAndRemoval() {
      put("a", "1");
      put("b", "1");
      Event<String> deleted =
          store.write(tx -> tx.delete("a", revision -> "gone at " + revision, ORIGIN));

      assertThat(store.revision()).isEqualTo(4);
      assertThat(deleted.kind()).isEqualTo(Event.Kind.DELETED);
      assertThat(deleted.before()).isEqualTo("1");
      assertThat(deleted.after()).isEqualTo("gone at 4");
      assertThat(store.latest().find("a")).isEmpty();
      assertThat(store.latest().size()).isEqualTo(1);
    }

    @Test
    void refusesToRemoveWhatIsNotThere() {
      assertThatThrownBy(() -> store.write(tx -> tx.delete("a", revision -> "", ORIGIN)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no such key: a");
    }

    @Test
    void tellsObserversUntilTheyAreTakenAway() {
      List<String> seen = new ArrayList<>();
      Runnable remove = store.observe(event -> seen.add(event.kind() + " " + event.key()));
      put("a", "1");
      put("a", "2");
      remove.run();
      put("a", "3");

      assertThat(seen).containsExactly("ADDED a", "MODIFIED a");
    }
  }

  @Nested
  class Reading {
    @Test
    void readsAnyKeptRevision() {
      put("a", "1");
      put("a", "2");

      assertThat(store.at(2).find("a")).map(Entry::value).contains("1");
      assertThat(store.at(3).find("a")).map(Entry::revision).contains(3L);
      assertThat(store.at(1).find("a")).isEmpty();
    }

    @Test
    void listsByPrefixFromAnyKeyOn() {
      List.of("/b/2", "/a/1", "/b/1", "/c/1").forEach(key -> put(key, key));

      assertThat(store.latest().list("/b/"))
          .extracting(Entry::value)
          .containsExactly("/b/1", "/b/2");
      assertThat(store.latest().from("/b/", "/b/1\0"))
          .extracting(Entry::key)
          .containsExactly("/b/2");
      assertThat(store.latest().from("/b/", "/d")).isEmpty();
    }

    @Test
    void knowsWhyARevisionIsNotThere() {
      for (int i = 0; i < 9; i++) {
        put("a", "" + i);
      }

      assertThat(store.oldest()).isEqualTo(6);
      assertThatExceptionOfType(RevisionUnavailableException.class)
          .isThrownBy(() -> store.at(5))
          .withMessage("revision 5 is not among 6 to 10")
          .satisfies(
              e -> {
                assertThat(e.compacted()).isTrue();
                assertThat(e.asked()).isEqualTo(5);
                assertThat(e.oldest()).isEqualTo(6);
                assertThat(e.newest()).isEqualTo(10);
              });
      assertThatExceptionOfType(RevisionUnavailableException.class)
          .isThrownBy(() -> store.at(11))
          .satisfies(e -> assertThat(e.compacted()).isFalse());
    }

    @Test
    void keepsAtLeastOneRevision() {
      assertThatThrownBy(() -> new RevisionStore<String>(Retention.of(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("at least one revision is kept, got 0");
      store.compact(99);
      assertThat(store.at(1).size()).isZero();
    }
  }

  @Nested
  class Watching {
    @Test
    void replaysEverythingAfterTheGivenRevision() {
      put("/a/1", "1");
      put("/b/1", "1");
      put("/a/1", "2");
      List<Long> live = new ArrayList<>();

      var watching = store.watch("/a/", 2, event -> live.add(event.revision()));
      put("/a/2", "1");
      put("/b/2", "1");
      watching.stop().run();
      put("/a/2", "2");

      assertThat(watching.replay()).extracting(Event::revision).containsExactly(4L);
      assertThat(live).containsExactly(5L);
      assertThat(store.watchers()).isZero();
    }

    @Test
    void refusesARevisionThatWasCompacted() {
      put("a", "1");
      put("a", "2");
      store.compact(3);

      assertThatExceptionOfType(RevisionUnavailableException.class)
          .isThrownBy(() -> store.watch("", 2, event -> {}));
      assertThat(store.watch("", 3, event -> {}).replay()).isEmpty();
    }

    @Test
    void waitsForARevisionThatIsYetToCome() {
      List<Long> live = new ArrayList<>();
      store.watch("", 2, event -> live.add(event.revision()));
      put("a", "1");
      put("a", "2");

      assertThat(live).containsExactly(3L);
    }
  }

  private void put(String key, String value) {
    store.write(tx -> tx.put(key, revision -> value, ORIGIN));
  }

  @Nested
  class Ageing {
    private final VirtualTime time = new VirtualTime();
    private final RevisionStore<String> aging =
        new RevisionStore<>(new Retention(5, Duration.ofMinutes(1), time));

    @Test
    void beginsWhenAnotherRevisionTakesThePlace() {
      time.advance(Duration.ofHours(1));
      assertThat(aging.oldest()).isEqualTo(1);
      write("a");
      time.advance(Duration.ofSeconds(59));
      assertThat(aging.oldest()).isEqualTo(1);
      write("b");
      time.advance(Duration.ofSeconds(1));
      assertThat(aging.oldest()).isEqualTo(2);
      time.advance(Duration.ofHours(1));
      assertThat(aging.oldest()).isEqualTo(3);
      assertThat(aging.at(3).size()).isEqualTo(2);
    }

    @Test
    void boundsTheNumberToo() {
      for (int i = 0; i < 9; i++) {
        write("k" + i);
      }

      assertThat(aging.oldest()).isEqualTo(6);
    }

    @Test
    void wantsSomeTime() {
      assertThatThrownBy(() -> new Retention(5, Duration.ZERO, time))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("revisions are kept for some time, got PT0S");
      assertThat(new Retention(5, Duration.ofSeconds(Long.MAX_VALUE), time).age())
          .isEqualTo(Retention.FOR_EVER);
    }

    private void write(String key) {
      aging.write(tx -> tx.put(key, revision -> key, ORIGIN));
    }
  }
}
