package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;

/**
 * Hears what changes in a cache: one call at a time, in the order of the server, mostly on the
 * cache's thread. Be quick (queue a key, no more), and change no object. What a listener throws is
 * logged and hurts no other.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface CacheListener<T> {
  /**
   * An object is new to the listener.
   *
   * @param initial whether it was there when the listener began to hear
   */
  default void added(T object, boolean initial) {}

  /**
   * An object changed.
   *
   * @param resync nothing changed; the object is only shown anew
   */
  default void updated(T before, T after, boolean resync) {}

  /**
   * An object is gone.
   *
   * @param object its last state that is known
   * @param finalStateUnknown the end was not seen but found out by a list, so that {@code object}
   *     may be older than the real last state
   */
  default void deleted(T object, boolean finalStateUnknown) {}

  /** Everything that was there at the beginning has been told. Called once. */
  default void synced() {}
}
