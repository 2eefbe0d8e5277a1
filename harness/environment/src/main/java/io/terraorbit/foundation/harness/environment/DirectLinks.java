package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import org.apiguardian.api.API;

/** Links with nothing in between: clients connect to the service itself. Stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class DirectLinks implements LinkFactory {
  @Override
  public Link open(String client, Service service, Endpoint upstream) {
    return new DirectLink(client, service, upstream);
  }

  @Override
  public void close() {}

  private record DirectLink(String client, Service service, Endpoint endpoint) implements Link {
    @Override
    public void sever() {
      throw AppException.of(
          ErrorKind.PRECONDITION_FAILED,
          "LINK_DIRECT",
          "the link from '%s' to '%s' is direct".formatted(client, service.key()),
          "Only a link that passes the fault proxy can be cut",
          "Open the environment with proxied links.");
    }

    @Override
    public void close() {}
  }
}
