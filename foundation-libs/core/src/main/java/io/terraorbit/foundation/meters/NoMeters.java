package io.terraorbit.foundation.meters;

import java.util.List;
import java.util.function.DoubleSupplier;

/** Keeps nothing, but refuses what the others refuse. */
enum NoMeters implements Meters {
  INSTANCE;

  private static final Counter COUNTER = amount -> {};
  private static final Histogram HISTOGRAM = value -> {};

  @Override
  public Counter counter(MetricSpec spec, String... labelValues) {
    spec.check(MetricSpec.Type.COUNTER, List.of(labelValues));
    return COUNTER;
  }

  @Override
  public Histogram histogram(MetricSpec spec, String... labelValues) {
    spec.check(MetricSpec.Type.HISTOGRAM, List.of(labelValues));
    return HISTOGRAM;
  }

  @Override
  public Registration gauge(MetricSpec spec, DoubleSupplier value, String... labelValues) {
    spec.check(MetricSpec.Type.GAUGE, List.of(labelValues));
    return () -> {};
  }
}
