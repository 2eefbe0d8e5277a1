package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.kubernetes.ResourceVersion;
import org.apiguardian.api.API;

/**
 * A Lease as a {@link LeaseStore} has it. Immutable.
 *
 * @param uid of this incarnation of the object
 * @param version changes with every write to the object, whoever makes it
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record StoredLease(String uid, ResourceVersion version, LeaseRecord record) {
  /** Whether this is the same write to the same object. */
  boolean sameVersion(StoredLease other) {
    return uid.equals(other.uid) && version.equals(other.version);
  }
}
