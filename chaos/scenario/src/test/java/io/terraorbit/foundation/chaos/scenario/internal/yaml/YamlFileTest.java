package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.errors.AppError;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlFileTest {
  private final Mistakes mistakes = new Mistakes("x.yaml");

  @Test
  void readsScalarsOfTheJsonSchema() {
    Object value = read("[1, 1.5, true, null, 'true', text, 123456789012345678901234567890, .inf]");
    assertThat(value)
        .isEqualTo(
            Arrays.asList(
                1L,
                1.5,
                true,
                null,
                "true",
                "text",
                new BigInteger("123456789012345678901234567890"),
                ".inf"));
    assertThat(mistakes.none()).isTrue();
  }

  @Test
  void keepsTheOrderOfKeysAndTheirLines() {
    YamlNode.Mapping mapping =
        (YamlNode.Mapping) YamlFile.read("b: 1\n\na:\n  - x\n", mistakes).get(0);
    assertThat(mapping.value()).isEqualTo(Map.of("b", 1L, "a", List.of("x")));
    assertThat(mapping.entries()).extracting(YamlNode.Entry::key).containsExactly("b", "a");
    assertThat(mapping.entries()).extracting(YamlNode.Entry::line).containsExactly(1, 3);
  }

  @Test
  void readsEveryDocument() {
    assertThat(YamlFile.read("a: 1\n---\nb: 2\n", mistakes)).hasSize(2);
  }

  @Test
  void tellsWhereTheSyntaxIsWrong() {
    YamlFile.read("a: 1\nb: [1, 2\nc: 3\n", mistakes);
    assertThat(messages().get(0))
        .isEqualTo(
            """
            SCENARIO_YAML_SYNTAX: x.yaml:3 is not YAML: expected ',' or ']', but got :.
            Correct the syntax; indentation and quotes are the usual suspects."""
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void refusesAKeyThatComesTwice() {
    read("a: 1\na: 2\n");
    assertThat(messages())
        .containsExactly(
            """
            SCENARIO_KEY_DUPLICATE: x.yaml:2 has the key 'a' a second time. A mapping holds each key once.
            Remove one of the two."""
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void refusesKeysThatAreNoTexts() {
    assertThat(YamlFile.read("? [a, b]\n: c\n", mistakes)).isEmpty();
    assertThat(messages()).singleElement().asString().contains("x.yaml:1 is not YAML: ");
  }

  @Test
  void refusesAValueThatContainsItself() {
    read("a: &a [*a]\n");
    assertThat(messages()).anySatisfy(message -> assertThat(message).contains("nested more than"));
  }

  @Test
  void saysWhatAValueIs() {
    YamlNode node = YamlFile.read("[{a: 1}, [1], 7, true, text, null]", mistakes).get(0);
    assertThat(((YamlNode.Sequence) node).elements())
        .extracting(YamlNode::typeName)
        .containsExactly(
            "a mapping", "a list", "the number 7", "the value true", "the text 'text'", "nothing");
    assertThat(node.typeName()).isEqualTo("a list");
  }

  private Object read(String yaml) {
    return YamlFile.read(yaml, mistakes).get(0).value();
  }

  private List<String> messages() {
    return mistakes.errors().stream().map(AppError::message).toList();
  }
}
