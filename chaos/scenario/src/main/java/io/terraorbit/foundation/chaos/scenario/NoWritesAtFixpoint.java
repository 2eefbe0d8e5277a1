package io.terraorbit.foundation.chaos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** At rest, a look at every object anew makes no replica write anything. */
record NoWritesAtFixpoint() implements Check {
  @Override
  public String name() {
    return "noWritesAtFixpoint";
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    Map<String, String> leases = Replicas.leases(history);
    List<String> writes = new ArrayList<>();
    boolean open = false;
    boolean looked = false;
    for (RunEvent event : history) {
      if (event.fact() instanceof Fact.Reached reached) {
        open = reached.milestone() == Milestone.RESYNC_BEGUN;
        looked |= reached.milestone() == Milestone.RESYNC_ENDED;
      } else if (open && Replicas.wrote(event, leases)) {
        writes.add(Replicas.sentence(event));
      }
    }
    if (!writes.isEmpty()) {
      return new Verdict.Failed(
          name(),
          "nothing had changed, and yet a resync led to %d writes; the first: %s"
              .formatted(writes.size(), writes.get(0)),
          writes);
    }
    return looked
        ? new Verdict.Passed("a resync at rest led to no write")
        : new Verdict.Inconclusive("the controllers never came to rest and stayed there");
  }
}
