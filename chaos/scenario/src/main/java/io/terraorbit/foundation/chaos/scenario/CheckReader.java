package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Section;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the checks of a scenario. Confined to the thread that reads. */
final class CheckReader {
  private final Scope scope;
  private final Map<String, Function<Section, Check>> checks = new LinkedHashMap<>();

  CheckReader(Scope scope) {
    this.scope = scope;
    checks.put("singleLeader", this::singleLeader);
    checks.put("converges", section -> new Converges(section.duration("within")));
    checks.put("noWritesAtFixpoint", section -> new NoWritesAtFixpoint());
    checks.put("never", this::never);
    checks.put("sometimes", CheckReader::sometimes);
  }

  Optional<Check> read(YamlNode node) {
    Section section = Section.of(node, "checks", scope.mistakes());
    List<String> named = section.keys().stream().filter(checks::containsKey).toList();
    checks.keySet().forEach(section::find);
    section.notYet("attempts", "always", "linearizable");
    section.done();
    if (named.size() > 1) {
      section.invalid(named.get(1), named.toString(), "One check per entry", "Begin a new entry.");
    }
    return named.stream().findFirst().map(name -> read(name, section.section(name)));
  }

  private Check read(String name, Section body) {
    Check check = checks.getOrDefault(name, unused -> new NoWritesAtFixpoint()).apply(body);
    body.done();
    return check;
  }

  private Check singleLeader(Section section) {
    String lease = section.text("lease");
    section.notYet("fencing");
    String namespace =
        lease.equals(Section.PLACEHOLDER) ? "" : scope.leaseNamespace(lease, section.line("lease"));
    return new SingleLeader(namespace + "/" + lease);
  }

  private Check never(Section section) {
    Map<String, Object> resource =
        section.get("resource").map(scope::pattern).orElse(Map.of("kind", "?"));
    section.notYet("while");
    List<String> events = Arrays.stream(ApiCommit.Change.values()).map(Enum::name).toList();
    return new Never(resource, ApiCommit.Change.valueOf(section.choice("event", events, true)));
  }

  private static Check sometimes(Section section) {
    section.choice("event", List.of(Sometimes.Event.LEADER_CHANGE.word()), true);
    return new Sometimes(Sometimes.Event.LEADER_CHANGE);
  }
}
