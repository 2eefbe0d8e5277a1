package io.terraorbit.foundation.meters;

import java.time.Duration;
import org.apiguardian.api.API;

/** Keeps the distribution of what was measured. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Histogram {
  /**
   * One measurement.
   *
   * @param value in the unit of the metric
   */
  void record(double value);

  /** One measurement of a metric in seconds. */
  default void record(Duration value) {
    recordNanos(value.toNanos());
  }

  /** One measurement of a metric in seconds, of so many nanoseconds. */
  default void recordNanos(long nanos) {
    record(nanos / 1e9);
  }
}
