package io.terraorbit.foundation.kubernetes;

import java.time.Duration;
import org.apiguardian.api.API;

/** Sees a cache at work, on the cache's thread: be quick and do not throw. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface CacheObserver {
  /** Sees nothing. */
  CacheObserver NONE = new CacheObserver() {};

  /** The first list is in and told to all listeners. */
  default void synced(String cache, int objects, Duration took) {}

  /**
   * A list was read and the cache brought in line with it.
   *
   * @param reason {@code start}, or the error code that made it necessary
   */
  default void relisted(String cache, String reason, int objects) {}

  /**
   * A watch, or the list before it, ended other than by running out; the cache tries again after a
   * pause.
   *
   * @param reason the error code, such as {@code KUBE_EXPIRED}, or {@code short} for a watch that
   *     ended at once without a word
   */
  default void watchBroken(String cache, String reason) {}

  /**
   * An event was dealt with.
   *
   * @param lag from its arrival until the last listener had returned
   */
  default void lag(String cache, ResourceVersion version, Duration lag) {}
}
