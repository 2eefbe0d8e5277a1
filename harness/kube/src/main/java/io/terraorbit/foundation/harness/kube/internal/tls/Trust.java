package io.terraorbit.foundation.harness.kube.internal.tls;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A server's authority and the server's own certificate, made when they are first asked for: a
 * server that is never asked over TLS pays nothing for them. Safe for many threads.
 */
public final class Trust {
  private final InstantSource time;
  private @Nullable Authority authority;
  private @Nullable Credential server;

  public Trust(InstantSource time) {
    this.time = time;
  }

  public synchronized Authority authority() {
    if (authority == null) {
      authority = new Authority(time);
    }
    return authority;
  }

  public synchronized Credential server() {
    if (server == null) {
      server = authority().server();
    }
    return server;
  }
}
