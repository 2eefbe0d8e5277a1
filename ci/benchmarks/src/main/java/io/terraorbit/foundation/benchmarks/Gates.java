package io.terraorbit.foundation.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the benchmarks that {@code gates.yaml} names, in rounds that alternate between ours and the
 * peers', prints the table and fails on a breach.
 */
public final class Gates {
  private final int rounds;
  private final List<Gate> gates;

  private Gates(int rounds, List<Gate> gates) {
    this.rounds = rounds;
    this.gates = gates;
  }

  /** Takes the path of {@code gates.yaml}; exit code 1 on a breach. */
  public static void main(String[] args) throws IOException, RunnerException {
    List<Gate.Outcome> outcomes = read(Path.of(args[0])).run();
    System.out.printf(
        Locale.ROOT,
        "%n%-34s %12s %12s %8s %8s%n",
        "median of the rounds",
        "ours ns/op",
        "peer ns/op",
        "ratio",
        "at most");
    outcomes.forEach(outcome -> System.out.println(outcome.row()));
    if (!outcomes.stream().allMatch(Gate.Outcome::holds)) {
      System.exit(1);
    }
  }

  static Gates read(Path file) throws IOException {
    Map<?, ?> root =
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    List<Gate> gates = new ArrayList<>();
    for (Object entry : (List<?>) root.get("gates")) {
      Map<?, ?> gate = (Map<?, ?>) entry;
      gates.add(
          new Gate(
              String.valueOf(gate.get("name")),
              String.valueOf(gate.get("ours")),
              String.valueOf(gate.get("peer")),
              ((Number) gate.get("atMost")).doubleValue()));
    }
    return new Gates(((Number) root.get("rounds")).intValue(), gates);
  }

  List<Gate> gates() {
    return gates;
  }

  private List<Gate.Outcome> run() throws RunnerException {
    Set<String> benchmarks = new LinkedHashSet<>();
    gates.forEach(gate -> benchmarks.addAll(List.of(gate.ours(), gate.peer())));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.out.printf("round %d of %d%n", round, rounds);
      for (String benchmark : benchmarks) {
        times.computeIfAbsent(benchmark, name -> new ArrayList<>()).add(measure(benchmark));
      }
    }
    return gates.stream()
        .map(gate -> new Gate.Outcome(gate, times.get(gate.ours()), times.get(gate.peer())))
        .toList();
  }

  private static double measure(String benchmark) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\." + benchmark.replace(".", "\\.") + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-Xmx1g", "-XX:+UseSerialGC")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .runSingle()
        .getPrimaryResult()
        .getScore();
  }
}
