package io.terraorbit.foundation.harness.kube.internal.store;

import java.util.function.LongFunction;

/** The right to write, for as long as the call that was given it lasts. Confined to its thread. */
public interface Transaction<V> {
  /** The newest state, with the writes of this transaction. */
  Snapshot<V> now();

  /**
   * Commits a value at once, as one revision.
   *
   * @param value makes the value, given the revision that it takes
   */
  Event<V> put(String key, LongFunction<V> value, Origin origin);

  /**
   * Commits the removal of a key at once, as one revision.
   *
   * @param lastState makes what watchers see of the removed value, given the revision
   * @throws IllegalStateException if there is no such key
   */
  Event<V> delete(String key, LongFunction<V> lastState, Origin origin);
}
