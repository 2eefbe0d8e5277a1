package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Mistakes;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.Section;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.Suggestion;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.harness.environment.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a scenario's metadata and spec. Confined to the thread that reads. */
final class SpecReader {
  static final String DEFAULT_NAMESPACE = "default";

  /** Shorter than the 15 s of Kubernetes, so that a takeover does not hold up every run. */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(3);

  private static final Duration RENEW_EVERY = Duration.ofMillis(500);
  private static final int MAX_REPLICAS = 20;

  private final Path file;
  private final Section root;
  private final Mistakes mistakes;
  private final Scope scope;
  private final OperationReader operations;

  SpecReader(Path file, Section root) {
    this.file = file;
    this.root = root;
    this.mistakes = root.mistakes();
    this.scope = new Scope(file, mistakes);
    this.operations = new OperationReader(scope);
  }

  Scenario read() {
    boolean chainsaw = root.text("kind").equals(ScenarioFile.CHAINSAW_KIND);
    Section metadata = root.section("metadata");
    String name = metadata.text("name");
    metadata.find("labels");
    metadata.find("annotations");
    metadata.done();
    Section spec = root.section("spec");
    root.done();
    Scenario scenario = spec(name, spec, chainsaw);
    spec.done();
    return scenario;
  }

  private Scenario spec(String name, Section spec, boolean chainsaw) {
    refuseWhatIsNotBuilt(spec);
    List<Map<String, Object>> crds = environment(spec);
    List<ControllerSpec> controllers =
        spec.list("controllers").stream().map(this::controller).toList();
    List<Scenario.Binding> bindings = spec.list("bindings").stream().map(this::binding).toList();
    List<Step> steps = steps(spec);
    List<Operation> rollbacks = operations.read(spec.list("rollbacks"));
    CheckReader checks = new CheckReader(scope);
    return new Scenario(
        file.toString(),
        name,
        spec.findText("description").orElse(""),
        seed(spec),
        scope.services(),
        crds,
        controllers,
        bindings,
        spec.findSection("steadyStateHypothesis").map(this::hypothesis).orElse(List.of()),
        steps,
        rollbacks,
        spec.list("checks").stream().map(checks::read).flatMap(Optional::stream).toList(),
        spec.findSection("timeouts").map(SpecReader::timeouts).orElse(Timeouts.DEFAULT),
        chainsaw);
  }

  private static void refuseWhatIsNotBuilt(Section spec) {
    spec.findText("time")
        .filter(time -> !time.equals("real"))
        .ifPresent(
            time -> {
              if (time.equals("virtual")) {
                spec.notYet("time");
              } else {
                spec.choice("time", List.of("real", "virtual"), false);
              }
            });
    spec.notYet("explore", "scenarios", "proxies");
    spec.notYet("failFast", "cluster", "clusters", "skip", "concurrent", "skipDelete", "template");
    spec.notYet("compiler", "namespace", "namespaceTemplate", "namespaceTemplateCompiler", "catch");
    spec.notYet("fastNamespaceDeletion", "forceTerminationGracePeriod", "delayBeforeCleanup");
    spec.notYet("deletionPropagationPolicy", "error");
  }

  private static OptionalLong seed(Section spec) {
    return spec.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private List<Map<String, Object>> environment(Section spec) {
    Optional<Section> found = spec.findSection("environment");
    Set<Service> services = new LinkedHashSet<>();
    List<Map<String, Object>> crds = new ArrayList<>();
    found.ifPresent(
        environment -> {
          for (String key : environment.texts("services")) {
            Service.ofKey(key).ifPresentOrElse(services::add, () -> noService(environment, key));
          }
          environment
              .texts("crds")
              .forEach(crd -> crds.addAll(scope.manifests(crd, environment.line("crds"))));
          environment.done();
        });
    scope.setServices(services);
    return crds;
  }

  private void noService(Section environment, String key) {
    List<String> known = Arrays.stream(Service.values()).map(Service::key).sorted().toList();
    mistakes.add(
        environment.line("services"),
        "SCENARIO_SERVICE_UNKNOWN",
        "asks for the service '%s'".formatted(key),
        "There is %s".formatted(known),
        Suggestion.of(key, known));
  }

  private ControllerSpec controller(YamlNode node) {
    Section controller = Section.of(node, "controllers", mistakes);
    String name = controller.text("name");
    boolean command = controller.keys().contains("command");
    controller.notYet("command", "args", "env");
    String factory =
        command
            ? controller.findText("factory").orElse(Section.PLACEHOLDER)
            : controller.text("factory");
    int replicas = (int) controller.whole("replicas", 1, MAX_REPLICAS).orElse(1);
    Optional<ReplicaContext.Election> election =
        controller.findSection("leaderElection").map(this::election);
    controller.done();
    return new ControllerSpec(name, factory, replicas, election);
  }

  private ReplicaContext.Election election(Section section) {
    String lease = section.text("lease");
    String namespace = section.findText("namespace").orElse(DEFAULT_NAMESPACE);
    Duration leaseDuration = section.findDuration("leaseDuration").orElse(LEASE_DURATION);
    Duration renewEvery = section.findDuration("renewEvery").orElse(RENEW_EVERY);
    if (renewEvery.multipliedBy(2).compareTo(leaseDuration) > 0) {
      section.invalid(
          "renewEvery",
          Words.duration(renewEvery),
          "It is at most half of leaseDuration, which is %s"
              .formatted(Words.duration(leaseDuration)),
          "Renew more often, or make the lease longer.");
    }
    section.done();
    scope.addLease(namespace, lease);
    return new ReplicaContext.Election(namespace, lease, leaseDuration, renewEvery);
  }

  private Scenario.Binding binding(YamlNode node) {
    Section binding = Section.of(node, "bindings", mistakes);
    String name = binding.text("name");
    Optional<YamlNode> value = binding.get("value");
    value.ifPresent(given -> scope.checkExpressions(given, mistakes));
    binding.notYet("compiler");
    binding.done();
    scope.bind(name);
    return new Scenario.Binding(name, value.map(YamlNode::value).orElse(null));
  }

  private List<Scenario.Probe> hypothesis(Section hypothesis) {
    hypothesis.findText("title");
    List<Scenario.Probe> probes = hypothesis.list("probes").stream().map(this::probe).toList();
    hypothesis.done();
    return probes;
  }

  private Scenario.Probe probe(YamlNode node) {
    Section probe = Section.of(node, "probes", mistakes);
    String name = probe.text("name");
    probe.choice("type", List.of("probe"), true);
    boolean tolerance = probe.flag("tolerance", true);
    Section provider = probe.section("provider");
    String type = provider.text("type");
    if (List.of("http", "process", "python").contains(type)) {
      provider.notYet("type", "url", "path", "module", "arguments", "timeout", "method", "headers");
    } else if (!type.equals(Section.PLACEHOLDER)) {
      provider.choice("type", List.of("harness"), true);
    }
    String func = provider.choice("func", List.of("converged"), type.equals("harness"));
    provider.done();
    probe.notYet("background", "pauses", "ref", "controls");
    probe.done();
    return new Scenario.Probe(name, func, tolerance);
  }

  private List<Step> steps(Section spec) {
    spec.get("steps");
    List<Step> steps = new ArrayList<>();
    for (YamlNode node : spec.list("steps")) {
      steps.add(step(node, steps.size() + 1));
    }
    return steps;
  }

  private Step step(YamlNode node, int number) {
    Section step = Section.of(node, "steps", mistakes);
    String name = step.findText("name").orElse("step %d".formatted(number));
    step.findText("description");
    step.notYet("use", "cleanup", "timeouts", "cluster", "clusters", "skipDelete", "template");
    step.notYet("compiler", "bindings");
    step.get("try");
    Step read =
        new Step(
            name,
            operations.read(step.list("try")),
            operations.read(step.list("catch")),
            operations.read(step.list("finally")));
    step.done();
    return read;
  }

  private static Timeouts timeouts(Section section) {
    Timeouts defaults = Timeouts.DEFAULT;
    Timeouts timeouts =
        new Timeouts(
            section.findDuration("apply").orElse(defaults.apply()),
            section.findDuration("assert").orElse(defaults.assertion()),
            section.findDuration("error").orElse(defaults.error()),
            section.findDuration("delete").orElse(defaults.delete()),
            section.findDuration("cleanup").orElse(defaults.cleanup()),
            section.findDuration("exec").orElse(defaults.exec()));
    section.done();
    return timeouts;
  }
}
