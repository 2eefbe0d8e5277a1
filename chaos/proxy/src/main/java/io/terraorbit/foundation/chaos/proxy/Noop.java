package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/** Does nothing; a place holder that Toxiproxy knows, too. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Noop() implements Toxic {
  @Override
  public String type() {
    return ToxicType.NOOP.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.NOOP.attributes();
  }
}
