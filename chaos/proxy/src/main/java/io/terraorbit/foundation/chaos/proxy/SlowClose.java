package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Passes data, and holds the end of the stream back. Immutable.
 *
 * @param delayMillis from the end to its release; negative counts as zero
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SlowClose(long delayMillis) implements Toxic {
  @Override
  public String type() {
    return ToxicType.SLOW_CLOSE.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.SLOW_CLOSE.attributes(delayMillis);
  }
}
