package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final ObjectRef QUOTA = new ObjectRef("v1", "ResourceQuota", "ns", "x");

  @Test
  void tellsWhoDiedAndWhatTheSuccessorNeverWrote() {
    Histories history = Histories.withReplicas("a", "b").lease("a").at(3).write("a", "Namespace");
    killed(history, "a", "right after it wrote Namespace/x").at(6).lease("b").write("b", "Pod");
    assertThat(explain(QUOTA, history))
        .isEqualTo(
            "It is missing in step 'one': a was killed at 3 s right after it wrote Namespace/x, and b,"
                + " leading since 6 s, never wrote a ResourceQuota.");
  }

  @Test
  void tellsWhenTheSuccessorDidWriteIt() {
    Histories history = Histories.withReplicas("a", "b").lease("a");
    killed(history, "a", "").at(6).lease("b").at(7).write("b", "ResourceQuota");
    assertThat(explain(QUOTA, history))
        .endsWith("a was killed at 0 s, and b, leading since 6 s, last wrote it at 7 s.");
  }

  @Test
  void tellsWhenNobodyTookOver() {
    Histories history = Histories.withReplicas("a", "b").lease("a");
    killed(history, "a", "").at(2).lease("").lease("a").lease("stranger");
    assertThat(explain(QUOTA, history))
        .endsWith("a was killed at 0 s, and no other replica took over the lease.");
  }

  @Test
  void tellsWhoWroteOrDeletedItLastWhenNobodyDied() {
    Histories history = Histories.withReplicas("a").at(1).write("a", "ResourceQuota");
    assertThat(explain(QUOTA, history)).endsWith("it was last written at 1 s by a.");
    assertThat(explain(QUOTA, history.at(2).delete("gc", "ResourceQuota")))
        .endsWith("it was last deleted at 2 s by gc.");
    assertThat(explain(new ObjectRef("v1", "ResourceQuota", "", ""), history))
        .endsWith("it was last deleted at 2 s by gc.");
    assertThat(explain(new ObjectRef("v1", "ResourceQuota", "ns", "other"), history))
        .endsWith("nobody ever wrote a ResourceQuota.");
    assertThat(explain(new ObjectRef("v1", "ResourceQuota", "other", "x"), history))
        .endsWith("nobody ever wrote a ResourceQuota.");
    assertThat(explain(new ObjectRef("v1", "Ingress", "", ""), history))
        .endsWith("nobody ever wrote an Ingress.");
  }

  @Test
  void tellsTheLastErrorOfAReconcile() {
    Histories history = Histories.withReplicas("a");
    history.at(4).add(ended("")).add(ended("Oops")).at(5).add(ended(""));
    assertThat(explain(QUOTA, history))
        .endsWith(
            "nobody ever wrote a ResourceQuota, and the last failed reconcile, of k by a at 4 s, ended"
                + " with Oops.");
  }

  @Test
  void tellsNoStoryWithoutASubject() {
    OperationFailure failure = new OperationFailure("It is off", Optional.empty(), List.of());
    assertThat(Explanation.of(failure, "one", List.of())).isEqualTo("It is off in step 'one'.");
  }

  @Test
  void listsEventsOneALine() {
    Histories history = new Histories().at(1).add(new Fact.FaultOff("f", 2));
    assertThat(Explanation.lines(history.events()))
        .isEqualTo("History:%n         1 s  fault.off  {id=f, hits=2}".formatted());
  }

  private static Fact ended(String error) {
    return new Fact.ReconcileEnded(
        "a", "c", ObjectKey.cluster("k"), "1", "failed", Duration.ZERO, error);
  }

  private static Histories killed(Histories history, String replica, String detail) {
    return history.add(
        new Fact.ReplicaLife(replica, "c", "ns/lease", Fact.ReplicaLife.Turn.KILL, detail));
  }

  private static String explain(ObjectRef subject, Histories history) {
    OperationFailure failure =
        new OperationFailure("It is missing", Optional.of(subject), List.of());
    return Explanation.of(failure, "one", history.events());
  }

  @Test
  void recordsSayWhatTheyAre() {
    Map<String, Object> line =
        new RunEvent(3, 17, new Fact.Leadership("a", "ns/lease", false, "expired")).toJson();
    assertThat(line)
        .isEqualTo(
            Map.of(
                "seq",
                3L,
                "t",
                17L,
                "kind",
                "lead",
                "replica",
                "a",
                "lease",
                "ns/lease",
                "phase",
                "lose",
                "detail",
                "expired"));
  }
}
