package io.terraorbit.foundation.meters;

import java.util.function.DoubleSupplier;
import org.apiguardian.api.API;

/**
 * Where numbers go. A library takes one through its constructor, and {@code foundation-metrics}
 * gives a program one that Prometheus can read. Safe for many threads.
 *
 * <p>The same metric with the same label values is the same counter or histogram, whoever asks, so
 * keep what is returned rather than ask on each call. Label values are few by nature (a target, an
 * outcome); never an id or what a user typed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Meters {
  /**
   * A counter.
   *
   * @param labelValues one for each label of the metric, in their order
   * @throws IllegalArgumentException if they do not fit the metric, or another metric has the name
   */
  Counter counter(MetricSpec spec, String... labelValues);

  /**
   * A histogram.
   *
   * @param labelValues one for each label of the metric, in their order
   * @throws IllegalArgumentException if they do not fit the metric, or another metric has the name
   */
  Histogram histogram(MetricSpec spec, String... labelValues);

  /**
   * A state that is asked for whenever somebody reads it.
   *
   * @param value called by any thread; quick, and never throwing
   * @param labelValues one for each label of the metric, in their order
   * @return takes the gauge away again; to be closed by whoever owns what it tells of
   * @throws IllegalArgumentException if they do not fit the metric, another metric has the name, or
   *     there is a gauge with these label values
   */
  Registration gauge(MetricSpec spec, DoubleSupplier value, String... labelValues);

  /** A gauge that is there until it is closed. */
  interface Registration extends AutoCloseable {
    /** Takes it away. Idempotent. */
    @Override
    void close();
  }

  /** Keeps nothing. */
  static Meters none() {
    return NoMeters.INSTANCE;
  }
}
