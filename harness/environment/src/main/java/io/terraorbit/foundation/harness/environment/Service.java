package io.terraorbit.foundation.harness.environment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** A kind of server that an environment can run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Service {
  POSTGRES,
  REDIS,
  KUBERNETES;

  /** The name in files, options and messages: lower case, such as {@code postgres}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The service of a {@link #key()}; empty when there is none. */
  public static Optional<Service> ofKey(String key) {
    return Arrays.stream(values()).filter(service -> service.key().equals(key)).findFirst();
  }
}
