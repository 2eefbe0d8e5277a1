package io.terraorbit.foundation.chaos.proxy.internal.link;

/** What a relay tells its owner, on the event loop. */
public interface RelayEvents {
  void opened(long connection);

  void closed(long connection, long bytesUp, long bytesDown);

  void hit(String toxic, long connection);
}
