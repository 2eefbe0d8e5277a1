package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.link.RelayEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a relay's events to the observer, whose exceptions end here. */
final class ObservedRelay implements RelayEvents {
  private static final Logger log = LoggerFactory.getLogger(ObservedRelay.class);

  private final Proxy proxy;
  private final ProxyObserver observer;

  ObservedRelay(Proxy proxy, ProxyObserver observer) {
    this.proxy = proxy;
    this.observer = observer;
  }

  @Override
  public void opened(long connection) {
    guarded(() -> observer.connectionOpened(proxy, connection));
  }

  @Override
  public void closed(long connection, long bytesUp, long bytesDown) {
    guarded(() -> observer.connectionClosed(proxy, connection, bytesUp, bytesDown));
  }

  @Override
  public void hit(String toxic, long connection) {
    guarded(() -> observer.toxicHit(proxy, toxic, connection));
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.atError().addKeyValue("proxy", proxy.name()).setCause(e).log("proxy observer failed");
    }
  }
}
