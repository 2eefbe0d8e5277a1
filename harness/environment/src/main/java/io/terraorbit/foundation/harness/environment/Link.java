package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** The way of one client to one service, direct or through a fault proxy. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Link extends AutoCloseable {
  String client();

  Service service();

  /** Where the client connects to. */
  Endpoint endpoint();

  /**
   * Cuts the client off as a crash would: open connections are reset and new ones refused, for
   * good. Does not wait.
   *
   * @throws io.terraorbit.foundation.errors.AppException {@code LINK_DIRECT} on a link that no
   *     proxy stands in
   */
  void sever();

  /** Ends the link and frees its port. Idempotent. */
  @Override
  void close();
}
