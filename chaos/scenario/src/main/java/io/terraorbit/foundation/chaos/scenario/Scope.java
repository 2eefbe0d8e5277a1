package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.tree.TreeLint;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.Mistakes;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.Suggestion;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlFile;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a scenario has named so far, against which later names are held. Confined to the thread that
 * reads.
 */
final class Scope {
  private final Path file;
  private final Mistakes mistakes;
  private final Set<String> bindings = new LinkedHashSet<>(Set.of("namespace"));
  private final Set<Service> services = new LinkedHashSet<>();
  private final Map<String, String> leases = new LinkedHashMap<>();
  private final Map<String, Integer> faults = new LinkedHashMap<>();
  private boolean servicesInferred;

  Scope(Path file, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  Mistakes mistakes() {
    return mistakes;
  }

  void bind(String name) {
    bindings.add(name);
  }

  /**
   * Fixes the services; none to infer them from what the scenario uses. There is always a
   * Kubernetes API.
   */
  void setServices(Set<Service> named) {
    servicesInferred = named.isEmpty();
    services.addAll(named);
    services.add(Service.KUBERNETES);
  }

  Set<Service> services() {
    return services;
  }

  /** The service at the end of a link; PostgreSQL stands in for a mistake. */
  Service link(String key, int line) {
    Service service = Service.ofKey(key).orElse(null);
    if (service != null && servicesInferred) {
      services.add(service);
    }
    if (service == null || !services.contains(service)) {
      List<String> known = services.stream().map(Service::key).sorted().toList();
      mistakes.add(
          line,
          "SCENARIO_LINK_UNKNOWN",
          "disturbs the link '%s', but this environment has only %s".formatted(key, known),
          "",
          Suggestion.of(key, known));
    }
    return service == null ? Service.POSTGRES : service;
  }

  void addLease(String namespace, String name) {
    leases.put(name, namespace);
  }

  /** The namespace of a lease that some controller elects on. */
  String leaseNamespace(String name, int line) {
    if (!leases.containsKey(name)) {
      mistakes.add(
          line,
          "SCENARIO_LEASE_UNKNOWN",
          "names the lease '%s', but controllers elect on %s only".formatted(name, leases.keySet()),
          "",
          Suggestion.of(name, leases.keySet()));
    }
    return leases.getOrDefault(name, SpecReader.DEFAULT_NAMESPACE);
  }

  void addFault(String id, int line) {
    Integer earlier = faults.putIfAbsent(id, line);
    if (earlier != null) {
      mistakes.add(
          line,
          "SCENARIO_FAULT_DUPLICATE",
          "has a second fault '%s'; the first is in line %d".formatted(id, earlier),
          "An id names one fault",
          "Give one of them another id.");
    }
  }

  void knownFault(String id, int line) {
    if (!faults.containsKey(id)) {
      mistakes.add(
          line,
          "SCENARIO_FAULT_UNKNOWN",
          "heals the fault '%s', but only %s come before it".formatted(id, faults.keySet()),
          "",
          Suggestion.of(id, faults.keySet()));
    }
  }

  /** The objects in a file that the scenario refers to; none, and a mistake, if there are none. */
  List<Map<String, Object>> manifests(String name, int line) {
    Path path = file.resolveSibling(name);
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      mistakes.add(
          line,
          "SCENARIO_FILE_MISSING",
          "refers to the file '%s', and %s cannot be read".formatted(name, path.normalize()),
          "Names are relative to the scenario's folder",
          "Correct the name, or add the file.");
      return List.of();
    }
    Mistakes within = new Mistakes(path.normalize().toString());
    List<Map<String, Object>> objects = new ArrayList<>();
    for (YamlNode document : YamlFile.read(text, within)) {
      checkExpressions(document, within);
      if (isObject(document)) {
        objects.add(object(document));
      } else if (document.value() != null) {
        notAnObject(document, within);
      }
    }
    mistakes.addAll(within);
    return objects;
  }

  /** A resource or tree that stands in the scenario itself. */
  Map<String, Object> resource(YamlNode node) {
    checkExpressions(node, mistakes);
    if (isObject(node)) {
      return object(node);
    }
    notAnObject(node, mistakes);
    return Map.of("kind", "?");
  }

  /** What an object of a history looks like, of which only the kind must be said. */
  Map<String, Object> pattern(YamlNode node) {
    checkExpressions(node, mistakes);
    if (Values.string(node.value(), "kind").isPresent()) {
      return object(node);
    }
    notAnObject(node, mistakes);
    return Map.of("kind", "?");
  }

  /** Checks every expression within a value. */
  void checkExpressions(YamlNode node, Mistakes into) {
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        checkExpression(entry.key(), entry.line(), into);
        checkExpressions(entry.value(), into);
      }
    } else if (node instanceof YamlNode.Sequence sequence) {
      sequence.elements().forEach(element -> checkExpressions(element, into));
    } else if (node.value() instanceof String text) {
      checkExpression(text, node.line(), into);
    }
  }

  void checkExpression(String text, int line) {
    checkExpression(text, line, mistakes);
  }

  private void checkExpression(String text, int line, Mistakes into) {
    for (TreeLint.Problem problem : TreeLint.check(text, bindings)) {
      if (problem.unbound().isEmpty()) {
        into.add(
            line,
            "SCENARIO_EXPRESSION_INVALID",
            "has an expression that cannot be read: " + problem.malformed(),
            "",
            "Correct it; for a text that begins with a parenthesis write \\(…)\\.");
      } else {
        into.add(
            line,
            "SCENARIO_BINDING_UNKNOWN",
            "uses $%s, which is not bound".formatted(problem.unbound()),
            "",
            Suggestion.of(problem.unbound(), bindings));
      }
    }
  }

  private static boolean isObject(YamlNode node) {
    return List.of("apiVersion", "kind").stream()
        .allMatch(key -> !Values.string(node.value(), key).orElse("").isEmpty());
  }

  private static Map<String, Object> object(YamlNode node) {
    return ((YamlNode.Mapping) node).value();
  }

  private static void notAnObject(YamlNode node, Mistakes into) {
    into.add(
        node.line(),
        "SCENARIO_RESOURCE_INVALID",
        "has %s where a Kubernetes object is due".formatted(node.typeName()),
        "An object has at least apiVersion and kind",
        "Add them.");
  }
}
