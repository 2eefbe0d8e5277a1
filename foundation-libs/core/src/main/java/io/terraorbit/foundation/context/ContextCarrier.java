package io.terraorbit.foundation.context;

import org.apiguardian.api.API;

/**
 * Takes what another library keeps per thread along with the {@link Context}: log fields of SLF4J,
 * the span of OpenTelemetry.
 *
 * <p>Found by {@link java.util.ServiceLoader}. Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ContextCarrier {
  /** What this thread has now, never to be changed afterwards. */
  Object capture();

  /**
   * Makes it hold for this thread.
   *
   * @param captured what {@link #capture()} gave, maybe on another thread
   * @return brings back what this thread had
   */
  Scope restore(Object captured);
}
