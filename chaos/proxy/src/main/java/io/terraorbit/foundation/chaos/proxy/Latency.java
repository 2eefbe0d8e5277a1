package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Holds every chunk back, counted from its arrival at the proxy. Order is kept; opening a
 * connection is not delayed, and its end waits only behind the data. Immutable.
 *
 * @param latencyMillis time from arrival to release; negative counts as zero
 * @param jitterMillis each chunk draws from {@code [-jitter, +jitter)} on top; negative counts as
 *     zero
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Latency(long latencyMillis, long jitterMillis) implements Toxic {
  @Override
  public String type() {
    return ToxicType.LATENCY.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.LATENCY.attributes(latencyMillis, jitterMillis);
  }
}
