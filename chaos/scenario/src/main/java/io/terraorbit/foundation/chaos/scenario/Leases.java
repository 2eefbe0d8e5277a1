package io.terraorbit.foundation.chaos.scenario;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who holds which lease now, by the commits so far. Safe for many threads. */
final class Leases {
  private final Map<String, String> holders = new ConcurrentHashMap<>();

  void committed(Fact.Revision write) {
    if (write.isLease()) {
      holders.put(LeaderTerm.key(write.commit().object()), write.leaseHolder());
    }
  }

  /** The holder's identity, or empty. */
  String holder(String lease) {
    return holders.getOrDefault(lease, "");
  }
}
