package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Drops all data and closes the connection when none came for a while. Removing it closes the
 * connections that it held, since what they lost cannot be put back. Immutable.
 *
 * @param timeoutMillis silence until the connection is closed; zero and below never close it
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Timeout(long timeoutMillis) implements Toxic {
  @Override
  public String type() {
    return ToxicType.TIMEOUT.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.TIMEOUT.attributes(timeoutMillis);
  }
}
