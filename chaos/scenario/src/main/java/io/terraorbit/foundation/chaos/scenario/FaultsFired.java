package io.terraorbit.foundation.chaos.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Every fault that was armed acted on something, and where a leader was killed the lease went to
 * another. Judged in every run: a fault that hit nothing has tested nothing.
 */
record FaultsFired() implements Check {
  @Override
  public String name() {
    return "faultsFired";
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    List<FaultRecord> faults = FaultRecord.of(history);
    List<String> unmet = new ArrayList<>();
    for (FaultRecord fault : faults) {
      if (!fault.fired()) {
        unmet.add("the fault '%s' on %s never fired".formatted(fault.id(), fault.target()));
      } else if (fault.type().equals(KillSwitch.TYPE)
          && LeaderTerm.changes(LeaderTerm.of(history, fault.target())) == 0) {
        unmet.add(
            "the holder of %s was killed, but the lease went to nobody else"
                .formatted(fault.target()));
      }
    }
    return unmet.isEmpty()
        ? new Verdict.Passed("all of %d".formatted(faults.size()))
        : new Verdict.Vacuous(String.join("; ", unmet));
  }
}
