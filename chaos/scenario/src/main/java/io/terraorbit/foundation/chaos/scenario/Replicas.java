package io.terraorbit.foundation.chaos.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a history says about replicas. Stateless. */
final class Replicas {
  private Replicas() {}

  /** The lease of each replica that ever started, by the replica's identity. */
  static Map<String, String> leases(List<RunEvent> history) {
    Map<String, String> leases = new LinkedHashMap<>();
    for (RunEvent event : history) {
      if (event.fact() instanceof Fact.ReplicaLife process
          && process.turn() == Fact.ReplicaLife.Turn.START) {
        leases.put(process.replica(), process.lease());
      }
    }
    return leases;
  }

  /** Whether the event is a replica's write that changed something other than a lease. */
  static boolean wrote(RunEvent event, Map<String, String> leases) {
    return event.fact() instanceof Fact.Revision write
        && leases.containsKey(write.commit().user())
        && !write.isLease()
        && write.effective();
  }

  static String sentence(RunEvent event) {
    if (!(event.fact() instanceof Fact.Revision write)) {
      return event.fact().kind();
    }
    return "at %s %s wrote %s (%s, revision %d)"
        .formatted(
            Words.seconds(event.micros()),
            write.commit().user(),
            write.commit().object(),
            write.commit().verb(),
            write.commit().revision());
  }
}
