package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.time.Scheduler;
import java.time.Duration;

/**
 * When a definition whose names were accepted is served. Safe for many threads.
 *
 * @param delay zero for within the write that made it; a real server takes a second or two
 */
public record Establishing(Duration delay, Scheduler scheduler) {
  boolean atOnce() {
    return delay.isZero();
  }

  void later(Runnable establish) {
    scheduler.schedule(delay, establish);
  }
}
