package io.terraorbit.foundation.harness.kube.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * One committed write. Immutable.
 *
 * @param before null when the key is new
 * @param after for {@link Kind#DELETED} the last state
 */
public record Event<V>(
    long revision, String key, Kind kind, @Nullable V before, V after, Origin origin) {
  /** What the write did to the key. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }
}
