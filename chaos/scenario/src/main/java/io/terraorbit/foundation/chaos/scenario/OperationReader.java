package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Section;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the operations of a step. Confined to the thread that reads. */
final class OperationReader {
  private static final int MAX_OCCURRENCE = 1_000_000;

  /** Operations of Chainsaw's that the format has and this version does not do. */
  private static final String[] NOT_YET = {
    "create", "update", "command", "script", "describe", "get", "podLogs", "proxy"
  };

  private final Scope scope;
  private final FaultReader faults;
  private final Map<String, Function<Section, Action>> actions = new LinkedHashMap<>();

  OperationReader(Scope scope) {
    this.scope = scope;
    this.faults = new FaultReader(scope);
    actions.put("apply", this::apply);
    actions.put("assert", this::assertion);
    actions.put("error", this::assertNone);
    actions.put("patch", this::patch);
    actions.put("wait", this::await);
    actions.put("delete", this::delete);
    actions.put("sleep", section -> new Action.Sleep(section.duration("duration")));
    actions.put("fault", faults::read);
    actions.put("heal", this::heal);
    actions.put("killLeader", this::killLeader);
    actions.put("events", section -> new Action.ShowEvents());
    actions.put(
        "history",
        section ->
            new Action.ShowHistory((int) section.whole("last", 1, RunHistory.CAPACITY).orElse(20)));
  }

  List<Operation> read(List<YamlNode> nodes) {
    List<Operation> operations = new ArrayList<>();
    nodes.forEach(node -> read(node).ifPresent(operations::add));
    return operations;
  }

  private Optional<Operation> read(YamlNode node) {
    Section section = Section.of(node, "an operation", scope.mistakes());
    String description = section.findText("description").orElse("");
    boolean continueOnError = section.flag("continueOnError", false);
    List<String> named = section.keys().stream().filter(actions::containsKey).toList();
    actions.keySet().forEach(section::find);
    int before = scope.mistakes().count();
    section.notYet(NOT_YET);
    section.notYet("compiler", "outputs", "bindings");
    section.done();
    if (named.size() != 1) {
      if (scope.mistakes().count() == before && node instanceof YamlNode.Mapping) {
        wrongNumber(section, named);
      }
      return Optional.empty();
    }
    String name = named.get(0);
    Section body = section.section(name);
    Action action = actions.getOrDefault(name, unused -> new Action.ShowEvents()).apply(body);
    body.done();
    return Optional.of(new Operation(section.line(name), description, continueOnError, action));
  }

  private void wrongNumber(Section section, List<String> named) {
    if (named.isEmpty()) {
      scope
          .mistakes()
          .add(
              section.line(),
              "SCENARIO_OPERATION_EMPTY",
              "has an operation that does nothing",
              "An operation has one of %s".formatted(actions.keySet()),
              "Add one, or remove the operation.");
    } else {
      scope
          .mistakes()
          .add(
              section.line(named.get(1)),
              "SCENARIO_OPERATION_AMBIGUOUS",
              "has %s in one operation".formatted(named),
              "An operation does one thing",
              "Begin a new operation with '- %s: …'.".formatted(named.get(1)));
    }
  }

  private Action apply(Section section) {
    return new Action.Apply(resources(section), timeout(section));
  }

  private Action assertion(Section section) {
    return new Action.Assert(resources(section), timeout(section));
  }

  private Action assertNone(Section section) {
    return new Action.AssertNone(resources(section), timeout(section));
  }

  private Action patch(Section section) {
    List<Map<String, Object>> resources = resources(section);
    String subresource = section.findText("subresource").orElse("");
    return new Action.Patch(resources, subresource, timeout(section));
  }

  private Action await(Section section) {
    ObjectRef target = reference(section);
    section.notYet("labels", "format");
    Section until = section.section("for");
    until.notYet("jsonPath");
    List<String> given =
        until.keys().stream()
            .filter(List.of("creation", "deletion", "condition")::contains)
            .toList();
    until.find("creation");
    until.find("deletion");
    if (given.size() > 1) {
      until.invalid(given.get(1), "%s".formatted(given), "It is one of them", "Remove the others.");
    }
    Action.Until what;
    if (given.contains("creation")) {
      until.find("condition");
      what = new Action.Until.Created();
    } else if (given.contains("deletion")) {
      until.find("condition");
      what = new Action.Until.Deleted();
    } else {
      what = condition(until);
    }
    until.done();
    return new Action.Wait(target, what, timeout(section));
  }

  private static Action.Until condition(Section until) {
    if (until.keys().contains("jsonPath")) {
      return new Action.Until.Created();
    }
    Section condition = until.section("condition");
    String name = condition.text("name");
    String value = condition.findText("value").orElse("True");
    condition.done();
    return new Action.Until.Condition(name, value);
  }

  private Action delete(Section section) {
    section.notYet("file", "expect", "deletionPropagationPolicy", "template");
    if (section.keys().contains("file")) {
      section.find("ref");
      return new Action.Delete(new ObjectRef("", "?", "", "?"), timeout(section));
    }
    Section ref = section.section("ref");
    ref.notYet("labels");
    ObjectRef target = reference(ref);
    ref.done();
    return new Action.Delete(target, timeout(section));
  }

  private Action heal(Section section) {
    boolean all = section.flag("all", false);
    Optional<String> id = section.findText("id");
    id.ifPresent(given -> scope.knownFault(given, section.line("id")));
    if (all == id.isPresent()) {
      section.invalid(
          all ? "all" : "id", all ? "both" : "nothing", "Either an id or 'all: true'", "");
    }
    return new Action.Heal(id);
  }

  private Action killLeader(Section section) {
    String lease = section.text("lease");
    String namespace =
        lease.equals(Section.PLACEHOLDER)
            ? SpecReader.DEFAULT_NAMESPACE
            : scope.leaseNamespace(lease, section.line("lease"));
    Optional<WriteMatch> when = section.findSection("when").map(this::trigger);
    Optional<Duration> restartAfter = section.findDuration("restartAfter");
    scope.addFault("killLeader " + lease, section.line());
    return new Action.KillLeader(namespace, lease, when, restartAfter);
  }

  private WriteMatch trigger(Section when) {
    when.notYet("beforeWrite", "afterDeliver", "all", "any", "seq", "after");
    Optional<Section> afterWrite =
        when.keys().contains("afterWrite") || when.keys().isEmpty()
            ? Optional.of(when.section("afterWrite"))
            : Optional.empty();
    when.done();
    return afterWrite.map(this::write).orElseGet(() -> new WriteMatch(RequestMatch.any(), 1));
  }

  private WriteMatch write(Section write) {
    String verb = faults.verb(write);
    WriteMatch match =
        new WriteMatch(
            new RequestMatch(
                verb,
                write.text("kind"),
                write.findText("namespace").orElse(""),
                write.findText("name").orElse(""),
                ""),
            (int) write.whole("occurrence", 1, MAX_OCCURRENCE).orElse(1));
    scope.checkExpression(match.match().name(), write.line("name"));
    scope.checkExpression(match.match().namespace(), write.line("namespace"));
    write.done();
    return match;
  }

  private List<Map<String, Object>> resources(Section section) {
    section.notYet("template", "dryRun", "expect", "outputs", "bindings", "cluster", "clusters");
    Optional<YamlNode> resource = section.find("resource");
    Optional<String> file = section.findText("file");
    if (resource.isPresent() == file.isPresent()) {
      section.invalid(
          file.isPresent() ? "file" : "resource",
          file.isPresent() ? "both" : "nothing",
          "Either a 'file' or a 'resource'",
          "");
      return List.of();
    }
    return file.map(name -> scope.manifests(name, section.line("file")))
        .orElseGet(() -> resource.map(scope::resource).map(List::of).orElse(List.of()));
  }

  private ObjectRef reference(Section section) {
    ObjectRef target =
        new ObjectRef(
            section.text("apiVersion"),
            section.text("kind"),
            section.findText("namespace").orElse(""),
            section.text("name"));
    scope.checkExpression(target.name(), section.line("name"));
    scope.checkExpression(target.namespace(), section.line("namespace"));
    return target;
  }

  private static Optional<Duration> timeout(Section section) {
    return section.findDuration("timeout");
  }
}
