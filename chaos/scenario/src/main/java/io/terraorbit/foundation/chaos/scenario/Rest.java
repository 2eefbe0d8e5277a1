package io.terraorbit.foundation.chaos.scenario;

import java.time.Duration;

/** Finds out whether the controllers are at rest. Confined to the runner's thread. */
record Rest(RunHistory history, Patience patience, Fleet fleet, Leases leases, Activity activity) {
  /** How long no controller may have done anything. */
  static final Duration QUIET = Duration.ofMillis(500);

  /** Waits for rest, and says whether it came. */
  boolean await(Duration atMost) throws InterruptedException {
    return patience.until(atMost, () -> idle() && quiet());
  }

  /** Makes all replicas look at everything anew, and waits until they have. */
  boolean resync(Duration atMost) throws InterruptedException {
    history.append(new Fact.Reached(Milestone.RESYNC_BEGUN));
    long begun = history.now();
    fleet.resync();
    boolean rested =
        patience.until(
            atMost, () -> idle() && quiet() && history.now() - begun >= QUIET.toNanos() / 1_000);
    if (rested) {
      history.append(new Fact.Reached(Milestone.RESYNC_ENDED));
    }
    return rested;
  }

  private boolean idle() {
    return fleet.idle(leases);
  }

  private boolean quiet() {
    return history.now() - activity.lastMicros() >= QUIET.toNanos() / 1_000;
  }
}
