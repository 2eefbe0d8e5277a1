package io.terraorbit.foundation.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.scenario.Fact;
import io.terraorbit.foundation.chaos.scenario.RunEvent;
import io.terraorbit.foundation.chaos.scenario.RunResult;
import io.terraorbit.foundation.chaos.scenario.Scenario;
import io.terraorbit.foundation.chaos.scenario.Timeouts;
import io.terraorbit.foundation.chaos.scenario.Verdict;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private final List<RunEvent> history = new ArrayList<>();

  @Test
  void tellsTheWholeStoryOfAFailedRun() {
    add(0.5, new Fact.ServiceUp(Service.POSTGRES, "embedded", "17.11", Duration.ofMillis(640)));
    add(0.9, lease("w-0-1"));
    add(1, step("one", "", Fact.StepProgress.Stage.BEGIN));
    add(1, step("one", "apply A", Fact.StepProgress.Stage.BEGIN));
    add(1.25, step("one", "apply A", Fact.StepProgress.Stage.PASS));
    add(1.25, step("one", "assert B", Fact.StepProgress.Stage.BEGIN));
    add(1.3, new Fact.FaultOn("slow", "latency", "postgres", Map.of()));
    add(1.4, new Fact.FaultHit("slow", "w-0-1", "connection 1"));
    add(1.5, new Fact.FaultHit("slow", "w-0-1", "connection 2"));
    add(1.5, new Fact.FaultHit("slow", "w-1-1", "connection 1"));
    add(1.6, new Fact.FaultOn("killLeader w", "killLeader", "default/w", Map.of()));
    add(3.21, new Fact.FaultHit("killLeader w", "w-0-1", "killed right after it wrote A"));
    add(4, lease(""));
    add(11.25, step("one", "assert B", Fact.StepProgress.Stage.FAIL));
    add(11.25, step("one", "", Fact.StepProgress.Stage.FAIL));
    Map<String, Duration> phases = new LinkedHashMap<>();
    phases.put("environment", Duration.ofMillis(900));
    phases.put("steps", Duration.ofMillis(10_250));
    RunResult result =
        new RunResult(
            scenario(),
            42,
            new Verdict.Failed("step 'one'", "B is missing.", List.of("x: expected 1, got 2")),
            List.of(
                new RunResult.CheckResult("singleLeader", new Verdict.Passed("3 writes")),
                new RunResult.CheckResult("sometimes", new Verdict.Vacuous("never"))),
            List.of("Events:"),
            phases,
            history);
    String text =
        new TextReport(
                result,
                Duration.ofMillis(500),
                Optional.of(Path.of("out")),
                "./workbench run s.yaml --seed 42")
            .render();
    assertThat(text.replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            """
            survives  (s.yaml)

            Environment
              postgres     17.11            embedded      640 ms

            Steps
              ✗ one                                                                         10.25 s
                ✓ apply A                                                                    0.25 s
                ✗ assert B                                                                  10.00 s

            Faults
              slow                     latency      on postgres             3 connections: w-0-1 ×2, w-1-1 ×1
              killLeader w             killLeader   on default/w            w-0-1, killed right after it wrote A at 3.21 s

            Leaders
              default/w                from   0.90 s  w-0-1
              default/w                from   4.00 s  (nobody)

            Checks
              ✓ singleLeader         3 writes
              ✗ sometimes            vacuous: never

            Where the time went
              start                    0.50 s
              environment              0.90 s
              steps                   10.25 s
              total                   11.65 s

            Events:

            ✗ fail  survives  seed 42
              B is missing.
                x: expected 1, got 2
              replay     ./workbench run s.yaml --seed 42
              recording  out
            """);
  }

  private void add(double seconds, Fact fact) {
    history.add(new RunEvent(history.size() + 1L, Math.round(seconds * 1e6), fact));
  }

  private static Fact step(String step, String operation, Fact.StepProgress.Stage stage) {
    return new Fact.StepProgress(step, operation, 3, stage, "");
  }

  private static Fact lease(String holder) {
    return new Fact.Revision(
        new ApiCommit(
            1,
            "w-0-1",
            "update",
            new ObjectRef("coordination.k8s.io/v1", "Lease", "default", "w"),
            "",
            ApiCommit.Change.MODIFIED,
            Map.of(),
            Map.of("spec", Map.of("holderIdentity", holder))));
  }

  private static Scenario scenario() {
    return new Scenario(
        "s.yaml",
        "survives",
        "",
        OptionalLong.empty(),
        Set.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Timeouts.DEFAULT,
        false);
  }
}
