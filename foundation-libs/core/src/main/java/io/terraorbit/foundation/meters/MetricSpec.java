package io.terraorbit.foundation.meters;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * One metric: its name, what it means, and its labels. Immutable.
 *
 * <p>Names and units follow the conventions of Prometheus and OpenMetrics: base units only, the
 * unit at the end of the name, a counter's name ends in {@code _total}.
 *
 * @param type how its numbers behave
 * @param name lower case words joined by underscores
 * @param help one sentence for people
 * @param unit what its numbers count in
 * @param labels names of the labels, in the order in which their values are given
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MetricSpec(Type type, String name, String help, Unit unit, List<String> labels) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** How the numbers of a metric behave. */
  public enum Type {
    /** Only grows. */
    COUNTER,
    /** A state that is read when somebody asks. */
    GAUGE,
    /** Many measurements, of which the distribution is kept. */
    HISTOGRAM
  }

  /** What numbers count in. */
  public enum Unit {
    /** Things. */
    NONE(""),
    SECONDS("_seconds"),
    BYTES("_bytes"),
    /** From 0 to 1. */
    RATIO("_ratio");

    private final String suffix;

    Unit(String suffix) {
      this.suffix = suffix;
    }
  }

  public MetricSpec {
    labels = List.copyOf(labels);
    String end = unit.suffix + (type == Type.COUNTER ? "_total" : "");
    if (!NAME.matcher(name).matches() || !name.endsWith(end)) {
      throw new IllegalArgumentException(
          "the name of a %s in %s is lower case words joined by underscores%s, got '%s'"
              .formatted(
                  type.name().toLowerCase(java.util.Locale.ROOT),
                  unit == Unit.NONE ? "no unit" : unit.suffix.substring(1),
                  end.isEmpty() ? "" : " that end in '%s'".formatted(end),
                  name));
    }
    if (labels.stream().anyMatch(label -> !LABEL.matcher(label).matches())
        || new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "labels are lower case words joined by underscores, each once, got " + labels);
    }
  }

  public static MetricSpec counter(String name, String help, String... labels) {
    return new MetricSpec(Type.COUNTER, name, help, Unit.NONE, List.of(labels));
  }

  public static MetricSpec gauge(String name, String help, Unit unit, String... labels) {
    return new MetricSpec(Type.GAUGE, name, help, unit, List.of(labels));
  }

  public static MetricSpec histogram(String name, String help, Unit unit, String... labels) {
    return new MetricSpec(Type.HISTOGRAM, name, help, unit, List.of(labels));
  }

  /** Refuses to be used as something that it is not, or with too few or too many labels. */
  void check(Type wanted, List<String> labelValues) {
    if (type != wanted || labelValues.size() != labels.size()) {
      throw new IllegalArgumentException(
          "'%s' is a %s with the labels %s; it was asked for as a %s with the label values %s"
              .formatted(name, type, labels, wanted, labelValues));
    }
  }
}
