package io.terraorbit.foundation.chaos.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * One fault of a run and what it hit, by the history. Immutable.
 *
 * @param type such as {@code latency}, {@code reject} or {@code killLeader}
 * @param target what it acts on, such as {@code postgres}
 * @param armedMicros when, since the run began
 * @param firstHitMicros when it first acted; -1 if it never did
 * @param hits how many connections, requests or replicas it acted on, by replica; the empty name
 *     stands for those that belong to none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FaultRecord(
    String id,
    String type,
    String target,
    long armedMicros,
    long firstHitMicros,
    Map<String, Long> hits) {
  public FaultRecord {
    hits = Collections.unmodifiableMap(new TreeMap<>(hits));
  }

  public boolean fired() {
    return firstHitMicros >= 0;
  }

  /** All faults in the order in which they were armed. */
  public static List<FaultRecord> of(List<RunEvent> history) {
    Map<String, FaultRecord> records = new LinkedHashMap<>();
    for (RunEvent event : history) {
      if (event.fact() instanceof Fact.FaultOn on) {
        records.put(
            on.id(),
            new FaultRecord(on.id(), on.type(), on.target(), event.micros(), -1, Map.of()));
      } else if (event.fact() instanceof Fact.FaultHit hit) {
        records.computeIfPresent(
            hit.id(), (id, known) -> known.plus(hit.replica(), event.micros()));
      }
    }
    return List.copyOf(records.values());
  }

  private FaultRecord plus(String replica, long micros) {
    Map<String, Long> more = new TreeMap<>(hits);
    more.merge(replica, 1L, Long::sum);
    return new FaultRecord(id, type, target, armedMicros, fired() ? firstHitMicros : micros, more);
  }
}
