package io.terraorbit.foundation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bound on how long ours may take, as a multiple of what the peer takes in the same run.
 *
 * @param ours a benchmark, as {@code Class.method}
 * @param peer a benchmark that does the same with the peer
 * @param atMost the largest allowed median of the rounds' ratios
 */
record Gate(String name, String ours, String peer, double atMost) {
  /** What the rounds gave for one gate. Times are nanoseconds per operation, one for each round. */
  record Outcome(Gate gate, List<Double> ours, List<Double> peer) {
    Outcome {
      if (ours.isEmpty() || ours.size() != peer.size()) {
        throw new IllegalArgumentException(
            "a gate needs as many rounds of ours as of the peer's, got %d and %d"
                .formatted(ours.size(), peer.size()));
      }
      ours = List.copyOf(ours);
      peer = List.copyOf(peer);
    }

    /** Median of the rounds' own ratios: what disturbs a whole round disturbs both sides of it. */
    double ratio() {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ours.size(); round++) {
        ratios.add(ours.get(round) / peer.get(round));
      }
      return median(ratios);
    }

    boolean holds() {
      return ratio() <= gate.atMost;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "%-34s %12.1f %12.1f %8.2f %8.2f  %s",
          gate.name,
          median(ours),
          median(peer),
          ratio(),
          gate.atMost,
          holds() ? "ok" : "BREACHED");
    }
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
