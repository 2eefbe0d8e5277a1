package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * A TCP address to connect to. Immutable.
 *
 * @param port 1 to 65535
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Endpoint(String host, int port) {
  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, got " + port);
    }
  }

  /** The port on {@code 127.0.0.1}. */
  public static Endpoint loopback(int port) {
    return new Endpoint("127.0.0.1", port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
