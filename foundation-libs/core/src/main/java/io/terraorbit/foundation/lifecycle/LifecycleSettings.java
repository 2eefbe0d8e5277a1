package io.terraorbit.foundation.lifecycle;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How long the end of a program may take. Immutable.
 *
 * @param drain time between going unready and closing the first part, for load balancers to notice;
 *     zero or more
 * @param closeGrace longest time one part may take to close; more than zero
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LifecycleSettings(Duration drain, Duration closeGrace) {
  public LifecycleSettings {
    if (drain.isNegative() || closeGrace.isNegative() || closeGrace.isZero()) {
      throw new IllegalArgumentException(
          "a lifecycle needs drain >= 0 and closeGrace > 0, got drain=%s closeGrace=%s"
              .formatted(drain, closeGrace));
    }
  }

  /** No time to drain, and ten seconds for each part. */
  public static LifecycleSettings defaults() {
    return new LifecycleSettings(Duration.ZERO, Duration.ofSeconds(10));
  }
}
