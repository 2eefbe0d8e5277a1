package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** Makes the links of an environment: {@link DirectLinks}, or a fault proxy's. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface LinkFactory extends AutoCloseable {
  /**
   * Opens a link; the environment asks once for each pair of client and service.
   *
   * @param upstream where the service listens
   */
  Link open(String client, Service service, Endpoint upstream);

  /** Ends all links. Idempotent. */
  @Override
  void close();
}
