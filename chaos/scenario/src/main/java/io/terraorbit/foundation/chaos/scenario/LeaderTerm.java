package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * From when on a lease had its holder, by the lease's own revisions. Immutable.
 *
 * @param lease {@code namespace/name}
 * @param holder empty when it was given back or deleted
 * @param micros when, since the run began
 * @param revision which write made it so
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LeaderTerm(String lease, String holder, long micros, long revision) {
  /** The terms of all leases in the order of their beginning. */
  public static List<LeaderTerm> of(List<RunEvent> history) {
    List<LeaderTerm> terms = new ArrayList<>();
    Map<String, String> holders = new HashMap<>();
    for (RunEvent event : history) {
      if (event.fact() instanceof Fact.Revision write && write.isLease()) {
        String lease = key(write.commit().object());
        String holder = write.leaseHolder();
        if (!holder.equals(holders.put(lease, holder))) {
          terms.add(new LeaderTerm(lease, holder, event.micros(), write.commit().revision()));
        }
      }
    }
    return terms;
  }

  /** The terms of one lease. */
  static List<LeaderTerm> of(List<RunEvent> history, String lease) {
    return of(history).stream().filter(term -> term.lease.equals(lease)).toList();
  }

  /** How often a lease went from one replica to another, with a pause between or without. */
  static long changes(List<LeaderTerm> terms) {
    List<String> holders =
        terms.stream().map(LeaderTerm::holder).filter(holder -> !holder.isEmpty()).toList();
    long changes = 0;
    for (int i = 1; i < holders.size(); i++) {
      changes += holders.get(i).equals(holders.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  static String key(ObjectRef lease) {
    return lease.namespace() + "/" + lease.name();
  }
}
