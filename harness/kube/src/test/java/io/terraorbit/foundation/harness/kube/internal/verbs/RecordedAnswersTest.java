package io.terraorbit.foundation.harness.kube.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.kube.internal.definitions.DefinitionRules;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.schema.MalformedException;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with what {@code k8s.io/apiextensions-apiserver} v0.36.0 said when it was asked the
 * same: its validation of definitions, and its pruning, defaulting and validation of custom
 * resources. Errors are compared without their order, which there depends on the order of Go's
 * maps.
 */
class RecordedAnswersTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("customResources")
  void customResourcesAreTakenAsTheRealServerTakesThem(String name, Map<String, Object> line) {
    ResourceType type = type(line);
    StructuralSchema schema = type.structure().orElseThrow();
    Map<String, Object> answer = Values.objectAt(line, "answer");
    Map<String, Object> object = Values.objectAt(line, "object");
    String malformed = Values.string(answer, "malformed").orElse("");
    if (!malformed.isEmpty()) {
      assertThatThrownBy(() -> schema.decode(object, new StrictErrors()))
          .isInstanceOf(MalformedException.class)
          .hasMessage(malformed);
      return;
    }

    StrictErrors strict = new StrictErrors();
    Map<String, Object> shaped = schema.decode(object, strict);
    List<FieldError> errors =
        line.containsKey("old")
            ? CustomRules.checkChange(
                new Target(type, "", "f", ""),
                shaped,
                schema.decode(Values.objectAt(line, "old"), new StrictErrors()))
            : CustomRules.check(type, shaped);

    assertThat(Versioned.forKeeping(type, shaped))
        .isEqualTo(Versioned.forKeeping(type, Values.objectAt(answer, "object")));
    assertThat(strict.texts())
        .containsExactlyElementsOf(
            texts(Values.listAt(answer, "unknown")).stream()
                .map("unknown field \"%s\""::formatted)
                .toList());
    assertThat(texts(errors))
        .containsExactlyInAnyOrderElementsOf(texts(Values.listAt(answer, "errors")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void definitionsAreTakenAsTheRealServerTakesThem(String name, Map<String, Object> line) {
    Map<String, Object> definition = withDefaults(Values.objectAt(line, "crd"));
    ResourceType type =
        Catalog.builtIn()
            .find("apiextensions.k8s.io", "v1", "customresourcedefinitions")
            .orElseThrow();

    List<FieldError> errors = new ArrayList<>();
    if (line.containsKey("old")) {
      Map<String, Object> old = withDefaults(Values.objectAt(line, "old"));
      definition =
          Values.with(definition, List.of(Map.of("type", "NamesAccepted")), "status", "conditions");
      errors.addAll(DefinitionRules.checkChange(definition, old));
    } else {
      errors.addAll(MetaRules.check(type, definition));
    }
    errors.addAll(DefinitionRules.check(definition));

    assertThat(texts(errors))
        .containsExactlyInAnyOrderElementsOf(
            texts(Values.listAt(Values.objectAt(line, "answer"), "errors")));
  }

  static Stream<Arguments> definitions() throws IOException {
    return lines("definitions.jsonl");
  }

  private static Map<String, Object> withDefaults(Map<String, Object> definition) {
    Map<String, Object> named = Definition.withDefaultNames(definition);
    return Values.listAt(named, "status", "storedVersions").isEmpty()
        ? Values.with(named, Definition.storedVersions(named), "status", "storedVersions")
        : named;
  }

  static Stream<Arguments> customResources() throws IOException {
    return lines("custom-resources.jsonl");
  }

  private static ResourceType type(Map<String, Object> line) {
    Object scale =
        Json.read(
            "{\"specReplicasPath\":\".spec.replicas\",\"statusReplicasPath\":\".status.replicas\","
                + "\"labelSelectorPath\":\".status.selector\"}");
    Map<String, Object> version =
        Map.of(
            "name",
            "v1",
            "served",
            true,
            "storage",
            true,
            "schema",
            Map.of("openAPIV3Schema", Values.objectAt(line, "schema")),
            "subresources",
            line.containsKey("scale") ? Map.of("scale", Objects.requireNonNull(scale)) : Map.of());
    return Definition.read(
            Map.of(
                "spec",
                Map.of(
                    "group",
                    "ex.io",
                    "scope",
                    "Cluster",
                    "names",
                    Map.of("plural", "foos", "kind", "Foo"),
                    "versions",
                    List.of(version))))
        .types()
        .get(0);
  }

  private static Stream<Arguments> lines(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordedAnswersTest.class.getResourceAsStream(resource))) {
      List<Arguments> lines = new ArrayList<>();
      for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        Map<String, Object> line = Json.readObject(text);
        lines.add(Arguments.of(line.get("name"), line));
      }
      return lines.stream();
    }
  }

  private static List<String> texts(List<?> errors) {
    return errors.stream()
        .map(
            error ->
                error instanceof FieldError fault
                    ? fault.reason() + "|" + fault.text()
                    : String.valueOf(error))
        .toList();
  }
}
