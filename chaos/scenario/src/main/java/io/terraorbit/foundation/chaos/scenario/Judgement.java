package io.terraorbit.foundation.chaos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdict of a run and what it rests on. Immutable. */
record Judgement(
    Verdict verdict,
    List<RunResult.CheckResult> checks,
    List<String> dumps,
    List<RunEvent> history) {

  /** The steady state did not hold before the first step: the run is void. */
  static Judgement unsteady(Scenario.Probe probe, Steps steps, RunHistory history) {
    List<RunEvent> events = history.events();
    Verdict verdict =
        startFailure(events)
            .orElseGet(
                () ->
                    new Verdict.Inconclusive(
                        "the steady state was not met before the first step: probe '%s'"
                            .formatted(probe.name())));
    return new Judgement(verdict, List.of(), steps.dumps(), events);
  }

  /** Judges what was recorded, and records the judgement. */
  static Judgement of(
      List<Check> checks, Steps steps, Optional<Scenario.Probe> deviated, RunHistory history) {
    List<RunEvent> events = history.events();
    List<RunResult.CheckResult> results = new ArrayList<>();
    Verdict whole = new Verdict.Passed("all checks hold");
    if (steps.failure().isPresent()) {
      whole = whole.and(steps.failure().get());
    }
    boolean disturbed = !FaultRecord.of(events).isEmpty();
    for (Check check : checks) {
      if (check instanceof FaultsFired && !disturbed) {
        continue;
      }
      Verdict verdict = check.judge(events);
      results.add(new RunResult.CheckResult(check.name(), verdict));
      history.append(new Fact.Invariant(check.name(), verdict.word(), verdict.reason()));
      whole = whole.and(verdict);
    }
    if (deviated.isPresent()) {
      whole = whole.and(afterwards(deviated.get()));
    }
    if (history.truncated()) {
      whole = whole.and(new Verdict.Inconclusive("the history was cut short: too many events"));
    }
    whole = whole.and(startFailure(events).orElse(whole));
    return new Judgement(whole, results, steps.dumps(), history.events());
  }

  private static Verdict afterwards(Scenario.Probe probe) {
    return new Verdict.Failed(
        "steadyStateHypothesis",
        "the steady state deviated: probe '%s' no longer holds after the steps"
            .formatted(probe.name()),
        List.of());
  }

  private static Optional<Verdict> startFailure(List<RunEvent> events) {
    for (RunEvent event : events) {
      if (event.fact() instanceof Fact.ReplicaLife process
          && process.turn() == Fact.ReplicaLife.Turn.FAILED) {
        return Optional.of(
            new Verdict.Inconclusive(
                "the replica %s could not start: %s"
                    .formatted(process.replica(), process.detail())));
      }
    }
    return Optional.empty();
  }
}
