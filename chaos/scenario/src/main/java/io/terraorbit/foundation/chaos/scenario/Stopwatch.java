package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says where the time went. Confined to the runner's thread. */
final class Stopwatch {
  private final TimeSource time;
  private final Map<String, Duration> phases = new LinkedHashMap<>();
  private String current = "";
  private long begun;

  Stopwatch(TimeSource time) {
    this.time = time;
  }

  /** Ends the current phase and begins another; an empty name begins none. */
  void begin(String phase) {
    if (!current.isEmpty()) {
      phases.merge(current, time.since(begun), Duration::plus);
    }
    current = phase;
    begun = time.nanoTime();
  }

  Map<String, Duration> phases() {
    return new LinkedHashMap<>(phases);
  }
}
