package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.kubernetes.ResourceVersion;
import org.apiguardian.api.API;

/**
 * Names one term of leadership. A store that keeps the highest token it has seen and refuses lower
 * ones is safe from a leader that does not know yet that it was replaced. Immutable.
 *
 * <p>Tokens rise with every acquisition, also when the Lease is deleted and made again (KEP-5504);
 * {@code leaseTransitions} would not. They do not survive a restore of the API's storage from a
 * backup.
 *
 * @param leaseUid which incarnation of the Lease
 * @param epoch the resource version of the write that acquired it; what tokens are ordered by
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FencingToken(String leaseUid, ResourceVersion epoch)
    implements Comparable<FencingToken> {
  @Override
  public int compareTo(FencingToken other) {
    return epoch.compareTo(other.epoch);
  }

  /** {@code epoch@leaseUid}. */
  @Override
  public String toString() {
    return epoch + "@" + leaseUid;
  }
}
