package io.terraorbit.foundation.meters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import org.apiguardian.api.API;

/**
 * Keeps numbers in memory, for tests to look at. Safe for many threads.
 *
 * <p>Every measurement is kept, without bound: not for a program that runs for long.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class MemoryMeters implements Meters {
  private final Map<String, MetricSpec> specs = new ConcurrentHashMap<>();
  private final Map<Series, DoubleAdder> counters = new ConcurrentHashMap<>();
  private final Map<Series, List<Double>> histograms = new ConcurrentHashMap<>();
  private final Map<Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public Counter counter(MetricSpec spec, String... labelValues) {
    Series series = series(spec, MetricSpec.Type.COUNTER, labelValues);
    return counters.computeIfAbsent(series, unused -> new DoubleAdder())::add;
  }

  @Override
  public Histogram histogram(MetricSpec spec, String... labelValues) {
    Series series = series(spec, MetricSpec.Type.HISTOGRAM, labelValues);
    List<Double> values = histograms.computeIfAbsent(series, unused -> new ArrayList<>());
    return value -> {
      synchronized (values) {
        values.add(value);
      }
    };
  }

  @Override
  public Registration gauge(MetricSpec spec, DoubleSupplier value, String... labelValues) {
    Series series = series(spec, MetricSpec.Type.GAUGE, labelValues);
    if (gauges.putIfAbsent(series, value) != null) {
      throw new IllegalArgumentException(
          "there is a gauge '%s' with the label values %s already"
              .formatted(spec.name(), series.labelValues));
    }
    return () -> gauges.remove(series, value);
  }

  /**
   * The number of a counter or a gauge.
   *
   * @return zero for a counter that was never asked for
   * @throws IllegalStateException if there is no such gauge
   */
  public double value(MetricSpec spec, String... labelValues) {
    Series series = new Series(spec.name(), List.of(labelValues));
    if (spec.type() == MetricSpec.Type.GAUGE) {
      DoubleSupplier gauge = gauges.get(series);
      if (gauge == null) {
        throw new IllegalStateException(
            "there is no gauge %s; there are %s".formatted(series, gauges.keySet()));
      }
      return gauge.getAsDouble();
    }
    DoubleAdder counter = counters.get(series);
    return counter == null ? 0 : counter.sum();
  }

  /** What a histogram was told, in that order; empty for one that was never asked for. */
  public List<Double> values(MetricSpec spec, String... labelValues) {
    List<Double> values = histograms.get(new Series(spec.name(), List.of(labelValues)));
    if (values == null) {
      return List.of();
    }
    synchronized (values) {
      return List.copyOf(values);
    }
  }

  private Series series(MetricSpec spec, MetricSpec.Type wanted, String... labelValues) {
    spec.check(wanted, List.of(labelValues));
    MetricSpec known = specs.putIfAbsent(spec.name(), spec);
    if (known != null && !known.equals(spec)) {
      throw new IllegalArgumentException(
          "there is a metric '%s' already, and it is another: %s, not %s"
              .formatted(spec.name(), known, spec));
    }
    return new Series(spec.name(), List.of(labelValues));
  }

  private record Series(String name, List<String> labelValues) {}
}
