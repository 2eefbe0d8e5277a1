package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How an object is deleted, and under which conditions. Immutable.
 *
 * @param uid refuse with {@code KUBE_CONFLICT} unless the object has this uid; null for any
 * @param version refuse with {@code KUBE_CONFLICT} unless it is at this version; null for any
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Delete(
    @Nullable String uid, @Nullable ResourceVersion version, Propagation propagation) {
  /** What becomes of the objects that the deleted one owns. */
  public enum Propagation {
    /** They go later. */
    BACKGROUND("Background"),
    /** They go first. */
    FOREGROUND("Foreground"),
    /** They stay, without an owner. */
    ORPHAN("Orphan");

    private final String wireName;

    Propagation(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** Whatever is there, its dependents in the background. */
  public static Delete any() {
    return new Delete(null, null, Propagation.BACKGROUND);
  }

  public Delete uid(String expected) {
    return new Delete(expected, version, propagation);
  }

  public Delete version(ResourceVersion expected) {
    return new Delete(uid, expected, propagation);
  }

  public Delete propagation(Propagation how) {
    return new Delete(uid, version, how);
  }
}
