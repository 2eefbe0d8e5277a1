package io.terraorbit.foundation.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * How a program is. Immutable.
 *
 * @param ready whether it takes requests
 * @param checks how each thing that it needs is, by name, in the order of the checks
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HealthReport(boolean ready, Map<String, Health> checks) {
  public HealthReport {
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }
}
