package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Nested
  class SingleLeaderCheck {
    private final Check check = new SingleLeader("ns/lease");

    @Test
    void passesWhenEveryWriteIsTheHolders() {
      Histories history =
          Histories.withReplicas("a", "b")
              .lease("a")
              .write("a", "Pod")
              .lease("b")
              .write("b", "Pod");
      assertThat(check.judge(history.events()))
          .isEqualTo(new Verdict.Passed("2 writes, each by the holder of ns/lease"));
    }

    @Test
    void failsOnAWriteAfterTheTerm() {
      Histories history =
          Histories.withReplicas("a", "b").lease("a").at(2).lease("b").at(3).write("a", "Pod");
      assertThat(check.judge(history.events()))
          .isEqualTo(
              new Verdict.Failed(
                  "singleLeader",
                  "1 of 1 writes were made without holding the lease ns/lease; the first: at 3 s a"
                      + " wrote Pod/ns/x (update, revision 103) while b held the lease",
                  List.of(
                      "at 3 s a wrote Pod/ns/x (update, revision 103) while b held the lease")));
    }

    @Test
    void failsOnAWriteBeforeTheFirstTermAndAfterTheLeaseWasGivenBack() {
      Histories history =
          Histories.withReplicas("a").write("a", "Pod").lease("a").lease("").write("a", "Pod");
      assertThat(check.judge(history.events()).reason())
          .startsWith("2 of 2 writes were made without holding the lease")
          .endsWith("while nobody held the lease");
    }

    @Test
    void leavesOutWritesWithoutEffectToLeasesAndByOthers() {
      Histories history =
          Histories.withReplicas("a", "b")
              .lease("a")
              .write("a", "Pod")
              .lease("other", "b")
              .writeNothing("b", "Pod")
              .write("somebody", "Pod");
      assertThat(check.judge(history.events()).passes()).isTrue();
    }

    @Test
    void isVacuousWhenNobodyWrote() {
      assertThat(check.judge(Histories.withReplicas("a").lease("a").events()))
          .isEqualTo(
              new Verdict.Vacuous("no replica that elects on the lease ns/lease wrote anything"));
    }

    @Property
    void agreesWithALookBackFromEachWrite(
        @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 3) Integer> script) {
      Histories history = Histories.withReplicas("a", "b");
      String holder = "";
      int wrong = 0;
      for (int move : script) {
        String replica = move % 2 == 0 ? "a" : "b";
        if (move < 2) {
          holder = replica;
          history.lease(replica);
        } else {
          wrong += holder.equals(replica) ? 0 : 1;
          history.write(replica, "Pod");
        }
      }
      Verdict verdict = check.judge(history.events());
      assertThat(verdict instanceof Verdict.Failed failed ? failed.trace().size() : 0)
          .isEqualTo(wrong);
    }
  }

  @Nested
  class ConvergesCheck {
    private final Check check = new Converges(Duration.ofSeconds(5));

    @Test
    void measuresFromTheLastDisturbanceToTheLastActivity() {
      Histories history =
          Histories.withReplicas("a")
              .at(10)
              .write(Runner.USER, "Pod")
              .at(13)
              .write("a", "Pod")
              .at(20)
              .reached(Milestone.SETTLING)
              .reached(Milestone.CONVERGED)
              .at(90)
              .write("a", "Pod");
      assertThat(check.judge(history.events()))
          .isEqualTo(new Verdict.Passed("at rest 3 s after the last disturbance, 5s allowed"));
    }

    @Test
    void failsWhenRestComesLate() {
      Histories history =
          Histories.withReplicas("a")
              .at(1)
              .add(new Fact.FaultOff("f", 1))
              .at(7)
              .lease("a")
              .write("a", "Pod")
              .reached(Milestone.SETTLING)
              .reached(Milestone.CONVERGED);
      assertThat(check.judge(history.events()))
          .isEqualTo(
              new Verdict.Failed(
                  "converges",
                  "the controllers came to rest 6 s after the last disturbance, 5s allowed",
                  List.of()));
    }

    @Test
    void failsWhenRestNeverComes() {
      assertThat(check.judge(Histories.withReplicas("a").reached(Milestone.SETTLING).events()))
          .isEqualTo(
              new Verdict.Failed(
                  "converges",
                  "the controllers were not at rest 5s after the last disturbance",
                  List.of()));
    }

    @Test
    void isInconclusiveWhenNobodyWaited() {
      assertThat(check.judge(List.of()))
          .isEqualTo(new Verdict.Inconclusive("the run ended before anyone waited for rest"));
    }
  }

  @Nested
  class NoWritesAtFixpointCheck {
    private final Check check = new NoWritesAtFixpoint();

    @Test
    void passesWhenAResyncLeadsToNothing() {
      Histories history =
          Histories.withReplicas("a")
              .write("a", "Pod")
              .reached(Milestone.RESYNC_BEGUN)
              .lease("a")
              .writeNothing("a", "Pod")
              .write("somebody", "Pod")
              .reached(Milestone.RESYNC_ENDED)
              .write("a", "Pod");
      assertThat(check.judge(history.events()))
          .isEqualTo(new Verdict.Passed("a resync at rest led to no write"));
    }

    @Test
    void failsOnAWriteEvenIfItNeverEnds() {
      Histories history =
          Histories.withReplicas("a").reached(Milestone.RESYNC_BEGUN).at(4).write("a", "Pod");
      assertThat(check.judge(history.events()).reason())
          .isEqualTo(
              "nothing had changed, and yet a resync led to 1 writes; the first: at 4 s a wrote"
                  + " Pod/ns/x (update, revision 101)");
    }

    @Test
    void isInconclusiveWhenThereWasNoRest() {
      assertThat(check.judge(Histories.withReplicas("a").write("a", "Pod").events()))
          .isEqualTo(
              new Verdict.Inconclusive("the controllers never came to rest and stayed there"));
    }
  }

  @Nested
  class NeverCheck {
    @Test
    void looksAtTheEventAndTheObject() {
      Check check = new Never(Map.of("kind", "Pod"), ApiCommit.Change.DELETED);
      Histories history = Histories.withReplicas("a").write("a", "Pod").delete("a", "ConfigMap");
      assertThat(check.judge(history.events())).isEqualTo(new Verdict.Passed("no DELETED of Pod"));
      assertThat(check.judge(history.at(2).delete("a", "Pod").events()))
          .isEqualTo(
              new Verdict.Failed(
                  "never",
                  "DELETED of Pod must never happen, and did: at 2 s a wrote Pod/ns/x (update,"
                      + " revision 103)",
                  List.of("at 2 s a wrote Pod/ns/x (update, revision 103)")));
    }

    @Test
    void replacesBindings() {
      Check check = new Never(Map.of("kind", "($k)"), ApiCommit.Change.ADDED);
      assertThat(check.bound(value -> Map.of("kind", "Pod")))
          .isEqualTo(new Never(Map.of("kind", "Pod"), ApiCommit.Change.ADDED));
    }
  }

  @Nested
  class SometimesCheck {
    private final Check check = new Sometimes(Sometimes.Event.LEADER_CHANGE);

    @Test
    void isVacuousUntilALeaseChangesHands() {
      Histories history = Histories.withReplicas("a").lease("a").lease("").lease("a");
      assertThat(check.judge(history.lease("other", "b").events()))
          .isEqualTo(new Verdict.Vacuous("no lease ever went from one replica to another"));
      assertThat(check.judge(history.lease("b").events()))
          .isEqualTo(new Verdict.Passed("leader-change: 1"));
    }
  }

  @Nested
  class FaultsFiredCheck {
    private final Check check = new FaultsFired();

    @Test
    void namesEveryFaultThatHitNothing() {
      Histories history =
          new Histories()
              .add(new Fact.FaultOn("a", "latency", "postgres", Map.of()))
              .add(new Fact.FaultOn("b", "reject", "kubernetes", Map.of()))
              .add(new Fact.FaultHit("b", "r", "409"));
      assertThat(check.judge(history.events()))
          .isEqualTo(new Verdict.Vacuous("the fault 'a' on postgres never fired"));
      assertThat(check.judge(history.add(new Fact.FaultHit("a", "r", "c1")).events()))
          .isEqualTo(new Verdict.Passed("all of 2"));
    }

    @Test
    void wantsAKilledLeadersLeaseToGoToAnother() {
      Histories history =
          Histories.withReplicas("a", "b")
              .lease("a")
              .add(new Fact.FaultOn("k", "killLeader", "ns/lease", Map.of()))
              .add(new Fact.FaultHit("k", "a", "killed"));
      assertThat(check.judge(history.events()))
          .isEqualTo(
              new Verdict.Vacuous(
                  "the holder of ns/lease was killed, but the lease went to nobody else"));
      assertThat(check.judge(history.lease("b").events()).passes()).isTrue();
    }

    @Test
    void countsHitsByReplica() {
      Histories history =
          new Histories()
              .at(1)
              .add(new Fact.FaultOn("a", "latency", "postgres", Map.of()))
              .at(2)
              .add(new Fact.FaultHit("a", "r2", "c1"))
              .at(3)
              .add(new Fact.FaultHit("a", "r1", "c1"))
              .add(new Fact.FaultHit("a", "r2", "c2"))
              .add(new Fact.FaultHit("unknown", "r2", "c2"));
      assertThat(FaultRecord.of(history.events()))
          .containsExactly(
              new FaultRecord(
                  "a", "latency", "postgres", 1_000_000, 2_000_000, Map.of("r1", 1L, "r2", 2L)));
    }
  }

  @Nested
  class Verdicts {
    @Test
    void areWeighedFailBeforeVacuousBeforeInconclusive() {
      Verdict pass = new Verdict.Passed("p");
      Verdict unsure = new Verdict.Inconclusive("i");
      Verdict vacuous = new Verdict.Vacuous("v");
      Verdict fail = new Verdict.Failed("r", "f", List.of());
      assertThat(pass.and(unsure).and(vacuous).and(fail)).isEqualTo(fail);
      assertThat(fail.and(vacuous).and(unsure).and(pass)).isEqualTo(fail);
      assertThat(unsure.and(vacuous)).isEqualTo(vacuous);
      assertThat(fail.and(new Verdict.Failed("r", "second", List.of()))).isEqualTo(fail);
      assertThat(List.of(pass, unsure, vacuous, fail))
          .extracting(Verdict::word)
          .containsExactly("pass", "inconclusive", "vacuous", "fail");
    }
  }
}
