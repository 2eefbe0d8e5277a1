package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Answers the first data (or the end) with a TCP reset to both sides, on connections that were open
 * before the toxic, too. A connection that stays idle is left alone. Immutable.
 *
 * @param timeoutMillis from that first data to the reset; negative counts as zero
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ResetPeer(long timeoutMillis) implements Toxic {
  @Override
  public String type() {
    return ToxicType.RESET_PEER.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.RESET_PEER.attributes(timeoutMillis);
  }
}
