package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** Whether a client must cope with a fault. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Legality {
  /** A real server that works as it should may do this, so a client that breaks is wrong. */
  LEGAL,
  /** Only a broken server does this: what breaks under it says little about the client. */
  STRESS
}
