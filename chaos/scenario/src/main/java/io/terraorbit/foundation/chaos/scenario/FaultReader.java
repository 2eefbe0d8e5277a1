package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Section;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Reads the operation {@code fault}. Confined to the thread that reads. */
final class FaultReader {
  private static final List<String> VERBS =
      List.of("write", "create", "update", "patch", "apply", "delete", "get", "list", "watch");

  private static final List<Long> CODES = List.of(409L, 429L, 500L, 503L, 504L);
  private static final int MAX_COUNT = 1_000_000;

  private final Scope scope;

  FaultReader(Scope scope) {
    this.scope = scope;
  }

  Action read(Section section) {
    boolean api = section.keys().contains("api");
    if (api && section.keys().contains("link")) {
      section.find("link");
      section.invalid("link", "both 'api' and 'link'", "A fault acts on one of them", "");
    }
    section.notYet("for", "until", "selection");
    return api ? onApi(section) : onLink(section);
  }

  private Action onLink(Section section) {
    Service service =
        section
            .get("link")
            .map(node -> scope.link(String.valueOf(node.value()), node.line()))
            .orElse(Service.POSTGRES);
    String stream = section.choice("stream", List.of("downstream", "upstream"), false);
    String type = section.text("type");
    String id = section.findText("id").orElse("%s_%s".formatted(type, stream));
    Map<String, Object> attributes =
        section
            .find("attributes")
            .filter(YamlNode.Mapping.class::isInstance)
            .map(node -> Values.object(((YamlNode.Mapping) node).value()))
            .orElse(Map.of());
    double toxicity = section.fraction("toxicity").orElse(1.0);
    scope.addFault(id, section.line());
    Action.LinkToxic toxic = new Action.LinkToxic(type, stream, attributes, toxicity);
    if (!type.equals(Section.PLACEHOLDER)) {
      checkToxic(section, toxic);
    }
    return new Action.DisturbLinks(id, service, toxic);
  }

  private static void checkToxic(Section section, Action.LinkToxic toxic) {
    try {
      ProxiedLinks.check(toxic);
    } catch (AppException e) {
      section.invalid(
          toxic.attributes().isEmpty() ? "type" : "attributes",
          "what makes no toxic",
          "%s: %s".formatted(e.error().found(), e.error().expected()),
          e.error().remedy());
    }
  }

  private Action onApi(Section section) {
    String kind = section.text("api");
    if (List.of("ambiguousCommit", "staleView", "holdEvents", "gone", "breakWatch")
        .contains(kind)) {
      section.notYet("api");
    } else if (!kind.equals(Section.PLACEHOLDER)) {
      section.choice("api", List.of("reject"), true);
    }
    String id = section.findText("id").orElse("reject_%d".formatted(section.line()));
    RequestMatch match = section.findSection("match").map(this::match).orElse(RequestMatch.any());
    long code = section.whole("code", 0, 599).orElse(0);
    if (!CODES.contains(code)) {
      section.get("code");
      section.invalid("code", String.valueOf(code), "It is one of %s".formatted(CODES), "");
      code = CODES.get(0);
    }
    if (code == 409 && List.of("get", "list", "watch").contains(match.verb())) {
      section.invalid("code", "409 for reads", "A conflict happens to writes only", "");
      code = CODES.get(1);
    }
    int count = (int) section.whole("count", 1, MAX_COUNT).orElse(1);
    scope.addFault(id, section.line());
    return new Action.DisturbApi(new ApiFault.Reject(id, match, (int) code, count));
  }

  private RequestMatch match(Section match) {
    RequestMatch read =
        new RequestMatch(
            match.keys().contains("verb") ? verb(match) : "",
            match.findText("kind").orElse(""),
            match.findText("namespace").orElse(""),
            match.findText("name").orElse(""),
            match.findText("user").orElse(""));
    scope.checkExpression(read.namespace(), match.line("namespace"));
    scope.checkExpression(read.name(), match.line("name"));
    match.done();
    return read;
  }

  /** A verb; {@code write} when there is none. */
  String verb(Section section) {
    return section.choice("verb", VERBS, false);
  }
}
