package io.terraorbit.foundation.chaos.scenario;

import org.apiguardian.api.API;

/** Where a run has got to. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Milestone {
  /** The steady state held before the first step. */
  STEADY,
  /** After the last step and the rollbacks: the runner begins to wait for rest. */
  SETTLING,
  /** Every replica is idle, and no controller has written for a while. */
  CONVERGED,
  /** All replicas were told to look at every object anew. */
  RESYNC_BEGUN,
  /** They did, and are idle again. */
  RESYNC_ENDED
}
