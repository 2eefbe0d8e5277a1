package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Limits the rate, per connection. What goes faster than a tenth of a second of the rate is cut
 * into such tenths. Immutable.
 *
 * @param rateKilobytes thousand bytes per second; zero and below stall the stream until the toxic
 *     is changed or removed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Bandwidth(long rateKilobytes) implements Toxic {
  @Override
  public String type() {
    return ToxicType.BANDWIDTH.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.BANDWIDTH.attributes(rateKilobytes);
  }
}
