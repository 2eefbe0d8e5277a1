package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Where a lease lives: the three calls that leader election needs. Called by one thread at a time.
 *
 * <p>Every call is bounded in time, is sent once and never repeated underneath, and throws when the
 * answer is unknown.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface LeaseStore {
  /**
   * A Lease of {@code coordination.k8s.io/v1}.
   *
   * @param client should have a pool of its own and the call timeout of the {@link ElectionRules}
   */
  static LeaseStore kubernetes(KubeClient client, ObjectKey lease) {
    return new KubernetesLeases(client.resources(Lease.class), lease);
  }

  /** The lease as it is now; empty when there is none. */
  Optional<StoredLease> fetch();

  /** Makes the lease; empty when there is one already. */
  Optional<StoredLease> tryCreate(LeaseRecord record);

  /** Replaces exactly the version that was seen; empty when the lease has changed or is gone. */
  Optional<StoredLease> tryReplace(StoredLease seen, LeaseRecord next);
}
