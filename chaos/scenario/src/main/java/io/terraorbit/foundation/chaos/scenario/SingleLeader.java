package io.terraorbit.foundation.chaos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every effective write of a replica was made while the replica held the lease. The lease itself is
 * excepted, since whoever does not hold it must write it to get it.
 *
 * @param lease {@code namespace/name}
 */
record SingleLeader(String lease) implements Check {
  @Override
  public String name() {
    return "singleLeader";
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    Map<String, String> leases = Replicas.leases(history);
    String holder = "";
    int writes = 0;
    List<String> wrong = new ArrayList<>();
    for (RunEvent event : history) {
      if (!(event.fact() instanceof Fact.Revision write)) {
        continue;
      }
      String user = write.commit().user();
      if (write.isLease() && LeaderTerm.key(write.commit().object()).equals(lease)) {
        holder = write.leaseHolder();
      } else if (Replicas.wrote(event, leases) && lease.equals(leases.get(user))) {
        writes++;
        if (!user.equals(holder)) {
          wrong.add(
              "%s while %s held the lease"
                  .formatted(Replicas.sentence(event), holder.isEmpty() ? "nobody" : holder));
        }
      }
    }
    return verdict(writes, wrong);
  }

  private Verdict verdict(int writes, List<String> wrong) {
    if (!wrong.isEmpty()) {
      return new Verdict.Failed(
          name(),
          "%d of %d writes were made without holding the lease %s; the first: %s"
              .formatted(wrong.size(), writes, lease, wrong.get(0)),
          wrong);
    }
    return writes == 0
        ? new Verdict.Vacuous(
            "no replica that elects on the lease %s wrote anything".formatted(lease))
        : new Verdict.Passed("%d writes, each by the holder of %s".formatted(writes, lease));
  }
}
