package io.terraorbit.foundation.chaos.scenario;

import java.time.Duration;
import java.util.List;

/**
 * After the last disturbance, the controllers came to rest in time.
 *
 * @param within from the last disturbance to rest
 */
record Converges(Duration within) implements Check {
  @Override
  public String name() {
    return "converges";
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    long disturbed = 0;
    long active = 0;
    for (RunEvent event : history) {
      if (event.fact().equals(new Fact.Reached(Milestone.CONVERGED))) {
        return verdict(Math.max(0, active - disturbed));
      }
      disturbed = disturbs(event.fact()) ? event.micros() : disturbed;
      active = Activity.counts(event.fact()) ? event.micros() : active;
    }
    boolean waited =
        history.stream()
            .anyMatch(event -> event.fact().equals(new Fact.Reached(Milestone.SETTLING)));
    return waited
        ? new Verdict.Failed(
            name(),
            "the controllers were not at rest %s after the last disturbance"
                .formatted(Words.duration(within)),
            List.of())
        : new Verdict.Inconclusive("the run ended before anyone waited for rest");
  }

  private Verdict verdict(long took) {
    return took <= within.toNanos() / 1_000
        ? new Verdict.Passed(
            "at rest %s after the last disturbance, %s allowed"
                .formatted(Words.seconds(took), Words.duration(within)))
        : new Verdict.Failed(
            name(),
            "the controllers came to rest %s after the last disturbance, %s allowed"
                .formatted(Words.seconds(took), Words.duration(within)),
            List.of());
  }

  /** Whether the scenario did something to the world. */
  private static boolean disturbs(Fact fact) {
    return fact instanceof Fact.ReplicaLife
        || fact instanceof Fact.FaultOn
        || fact instanceof Fact.FaultHit
        || fact instanceof Fact.FaultOff
        || (fact instanceof Fact.Revision write && write.commit().user().equals(Runner.USER));
  }
}
