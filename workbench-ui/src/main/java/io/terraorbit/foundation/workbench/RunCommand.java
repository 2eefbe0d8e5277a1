package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Recording;
import io.terraorbit.foundation.chaos.scenario.RunOptions;
import io.terraorbit.foundation.chaos.scenario.RunResult;
import io.terraorbit.foundation.chaos.scenario.Runner;
import io.terraorbit.foundation.chaos.scenario.Scenario;
import io.terraorbit.foundation.chaos.scenario.ScenarioFile;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Runs scenarios and says what came of them.")
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Runner runner;
  private final TimeSource time;

  @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Scenario files or folders.")
  private List<Path> files = List.of();

  @Option(
      names = "--backend",
      paramLabel = "KIND",
      description = "How services run: embedded (the default).")
  private String backend = "embedded";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random, in place of the scenario's.")
  private @Nullable Long seed;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write the recording of each run into DIR/SCENARIO.")
  private @Nullable Path report;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
  private String format = "text";

  @Option(
      names = "--port",
      paramLabel = "SERVICE=N",
      description = "Let a service listen on this port. May be repeated.")
  private Map<String, Integer> ports = new LinkedHashMap<>();

  RunCommand(Terminal terminal, Runner runner, TimeSource time) {
    this.terminal = terminal;
    this.runner = runner;
    this.time = time;
  }

  @Override
  public Integer call() {
    requireBuilt("--backend", backend, List.of("embedded"), List.of("containers", "external"));
    requireBuilt("--format", format, List.of("text", "json"), List.of("junit", "html"));
    RunOptions options =
        new RunOptions(
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed), backend, servicePorts());
    Optional<List<Scenario>> scenarios = read();
    if (scenarios.isEmpty()) {
      return ExitCode.USAGE.code();
    }
    Interruption interruption = Interruption.ofThisThread();
    try {
      return runAll(scenarios.get(), options).code();
    } catch (InterruptedException e) {
      terminal.progress("interrupted; everything was stopped");
      return ExitCode.INTERRUPTED.code();
    } finally {
      interruption.end();
    }
  }

  private ExitCode runAll(List<Scenario> scenarios, RunOptions options)
      throws InterruptedException {
    ExitCode worst = ExitCode.PASS;
    Set<String> names = new HashSet<>();
    Duration start = sinceStart();
    for (Scenario scenario : scenarios) {
      RunResult result = runner.run(scenario, options, new Progress(terminal));
      Optional<Path> recorded = record(result, names);
      terminal.result(
          format.equals("json")
              ? JsonReport.of(result)
              : new TextReport(result, start, recorded, replay(result)).render());
      worst = worst.and(ExitCode.of(result.verdict()));
      start = Duration.ZERO;
    }
    return worst;
  }

  private Optional<Path> record(RunResult result, Set<String> names) {
    if (report == null) {
      return Optional.empty();
    }
    String name = result.scenario().name();
    for (int i = 2; !names.add(name); i++) {
      name = "%s-%d".formatted(result.scenario().name(), i);
    }
    Path directory = report.resolve(name);
    Recording.write(result, directory);
    return Optional.of(directory);
  }

  /** Reads all scenarios before the first is run; empty when any has a mistake. */
  private Optional<List<Scenario>> read() {
    List<Scenario> scenarios = new ArrayList<>();
    boolean right = true;
    for (Path file : ScenarioPaths.expand(files)) {
      ScenarioFile.Reading reading = ScenarioFile.read(file);
      reading.mistakes().forEach(terminal::error);
      reading.scenario().ifPresent(scenarios::add);
      right &= reading.mistakes().isEmpty();
    }
    return right ? Optional.of(scenarios) : Optional.empty();
  }

  private Map<Service, Integer> servicePorts() {
    Map<Service, Integer> byService = new EnumMap<>(Service.class);
    ports.forEach((key, port) -> byService.put(service(key), checked(key, port)));
    return byService;
  }

  private static Service service(String key) {
    return Service.ofKey(key)
        .orElseThrow(
            () ->
                AppException.of(
                    ErrorKind.VALIDATION,
                    "WORKBENCH_SERVICE_UNKNOWN",
                    "--port names the service '%s'".formatted(key),
                    "There is %s"
                        .formatted(
                            Arrays.stream(Service.values()).map(Service::key).sorted().toList()),
                    "Correct the name."));
  }

  private static int checked(String key, int port) {
    if (port < 1 || port > 65_535) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "WORKBENCH_PORT_INVALID",
          "--port gives %s the port %d".formatted(key, port),
          "A port is from 1 to 65535",
          "Correct the number, or leave it out to take a free port.");
    }
    return port;
  }

  private static void requireBuilt(
      String option, String value, List<String> built, List<String> planned) {
    if (!built.contains(value)) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "WORKBENCH_OPTION_UNSUPPORTED",
          "%s is '%s'".formatted(option, value),
          planned.contains(value)
              ? "This version does not do that yet, only %s".formatted(built)
              : "It is one of %s".formatted(built),
          "Choose another value, or leave the option out.");
    }
  }

  private String replay(RunResult result) {
    return "./workbench run %s --seed %d".formatted(result.scenario().file(), result.seed());
  }

  /** The launcher script becomes this process, so its time counts, too. */
  private Duration sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, time.instant()))
        .orElse(Duration.ZERO);
  }
}
