package io.terraorbit.foundation.time;

import java.time.Duration;
import java.time.InstantSource;
import org.apiguardian.api.API;

/**
 * Where "now" comes from: a wall clock for people and a monotonic clock for measuring. Safe for
 * many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TimeSource extends InstantSource {
  /**
   * Nanoseconds on a clock that only goes forward; its zero means nothing. Compare by subtraction.
   */
  long nanoTime();

  /** Time that has passed since an earlier {@link #nanoTime()}. */
  default Duration since(long earlierNanos) {
    return Duration.ofNanos(nanoTime() - earlierNanos);
  }

  /** The clocks of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
