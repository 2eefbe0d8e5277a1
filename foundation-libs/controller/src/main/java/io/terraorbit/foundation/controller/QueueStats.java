package io.terraorbit.foundation.controller;

import java.time.Duration;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a queue holds at one moment. Immutable.
 *
 * @param ready keys that wait for a worker, by band; every band is there
 * @param retrying keys that wait for their back-off
 * @param reminded keys that wait for nothing but a reminder
 * @param running keys with an open claim
 * @param dirty those of them that another event reached meanwhile
 * @param oldest age of the key that has been ready the longest; zero when none is
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record QueueStats(
    Map<Band, Integer> ready, int retrying, int reminded, int running, int dirty, Duration oldest) {
  public QueueStats {
    ready = Map.copyOf(ready);
  }

  /** Keys that wait for a worker, of all bands. */
  public int depth() {
    return ready.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether nothing is ready, running or waiting for a retry; reminders do not count. */
  public boolean idle() {
    return depth() == 0 && retrying == 0 && running == 0;
  }
}
