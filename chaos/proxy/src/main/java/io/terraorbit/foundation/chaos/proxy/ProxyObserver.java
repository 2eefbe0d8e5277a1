package io.terraorbit.foundation.chaos.proxy;

import org.apiguardian.api.API;

/**
 * Hears what happens on the connections of a {@link ChaosProxy}.
 *
 * <p>Called on event-loop threads, so an observer must not block: while it does, the proxies of
 * that loop stand still. It may call any method of {@link Proxy}; changes are then applied a moment
 * later instead of at once. What it throws is logged and changes nothing.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ProxyObserver {
  /**
   * A client was accepted; the upstream may yet turn out to be down.
   *
   * @param connectionId counts the connections of this proxy in the order of acceptance, from 1
   */
  default void connectionOpened(Proxy proxy, long connectionId) {}

  /** Both sides are closed. */
  default void connectionClosed(Proxy proxy, long connectionId, long bytesUp, long bytesDown) {}

  /**
   * A toxic changed this connection's traffic for the first time: it delayed, dropped or cut
   * something. At most once per toxic and connection.
   */
  default void toxicHit(Proxy proxy, String toxicName, long connectionId) {}
}
