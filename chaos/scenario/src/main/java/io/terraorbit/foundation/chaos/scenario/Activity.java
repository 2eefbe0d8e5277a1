package io.terraorbit.foundation.chaos.scenario;

import java.util.function.Consumer;

/**
 * Remembers when a controller last did anything that counts against rest. Safe for many threads.
 */
final class Activity implements Consumer<RunEvent> {
  private volatile long lastMicros;

  @Override
  public void accept(RunEvent event) {
    if (counts(event.fact())) {
      lastMicros = event.micros();
    }
  }

  long lastMicros() {
    return lastMicros;
  }

  /** Whether it shows a controller at work. */
  static boolean counts(Fact fact) {
    return fact instanceof Fact.ReplicaLife
        || fact instanceof Fact.Leadership
        || fact instanceof Fact.Queued
        || fact instanceof Fact.ReconcileStarted
        || fact instanceof Fact.ReconcileEnded
        || (fact instanceof Fact.Revision write && !write.isLease());
  }
}
