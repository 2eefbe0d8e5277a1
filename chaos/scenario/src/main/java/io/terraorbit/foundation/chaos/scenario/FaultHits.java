package io.terraorbit.foundation.chaos.scenario;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Records what faults act on. Safe for many threads; called on those of proxies and servers. */
final class FaultHits {
  private final RunHistory history;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  FaultHits(RunHistory history) {
    this.history = history;
  }

  void hit(String id, String replica, String what) {
    counts.computeIfAbsent(id, unused -> new AtomicLong()).incrementAndGet();
    history.append(new Fact.FaultHit(id, replica, what));
  }

  long count(String id) {
    AtomicLong count = counts.get(id);
    return count == null ? 0 : count.get();
  }
}
