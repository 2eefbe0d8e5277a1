package io.terraorbit.foundation.chaos.proxy;

import java.util.Locale;
import org.apiguardian.api.API;

/** Which half of a connection a toxic works on; Toxiproxy calls it {@code stream}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Direction {
  /** From the client to the server behind the proxy: requests. */
  UPSTREAM,
  /** From the server behind the proxy to the client: answers. */
  DOWNSTREAM;

  /** The word on the wire, such as {@code upstream}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
