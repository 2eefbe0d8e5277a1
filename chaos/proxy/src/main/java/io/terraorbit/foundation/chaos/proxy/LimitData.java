package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Closes the connection once a number of bytes has passed. The count is per connection and survives
 * updates of the toxic. Immutable.
 *
 * @param bytes how many pass; zero and below close at the first data
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LimitData(long bytes) implements Toxic {
  @Override
  public String type() {
    return ToxicType.LIMIT_DATA.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.LIMIT_DATA.attributes(bytes);
  }
}
