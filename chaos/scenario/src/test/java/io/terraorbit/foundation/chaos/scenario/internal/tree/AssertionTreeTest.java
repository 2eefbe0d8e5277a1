package io.terraorbit.foundation.chaos.scenario.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Mistakes;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlFile;
import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AssertionTreeTest {
  private static final Object READY =
      Json.read(
          """
          {"metadata": {"name": "a", "labels": {"app": "shop", "tier": "db"}},
           "spec": {"replicas": 3, "ports": [80, 443], "cpu": "8"},
           "status": {"conditions": [
             {"type": "Synced", "status": "True"},
             {"type": "Ready", "status": "False"}]}}""");

  private Bindings bindings = Bindings.none();

  @Nested
  class Mappings {
    @Test
    void matchesTheKeysThatItNamesAndNoOthers() {
      assertThat(match("{'metadata': {'labels': {'app': 'shop'}}}")).isEmpty();
    }

    @Test
    void findsTheKeyThatIsMissing() {
      assertThat(match("{'spec': {'paused': true}}"))
          .containsExactly("spec.paused: expected true, got nothing");
    }

    @Test
    void findsEveryDifference() {
      assertThat(match("{'metadata': {'name': 'b'}, 'spec': {'replicas': 4}}"))
          .containsExactly(
              "metadata.name: expected \"b\", got \"a\"", "spec.replicas: expected 4, got 3");
    }

    @Test
    void refusesSomethingElseInPlaceOfAMapping() {
      assertThat(match("{'spec': {'cpu': {'requests': '8'}}}"))
          .containsExactly("spec.cpu.requests: expected \"8\", got nothing");
    }
  }

  @Nested
  class Lists {
    @Test
    void comparesElementByElement() {
      assertThat(match("{'spec': {'ports': [80, 443]}}")).isEmpty();
      assertThat(match("{'spec': {'ports': [80, 8443]}}"))
          .containsExactly("spec.ports[1]: expected 8443, got 443");
    }

    @Test
    void wantsTheSameLength() {
      assertThat(match("{'spec': {'ports': [80]}}"))
          .containsExactly("spec.ports: expected 1 elements, got 2: [80,443]");
    }

    @Test
    void refusesSomethingElseInPlaceOfAList() {
      assertThat(match("{'spec': {'cpu': ['8']}}"))
          .containsExactly("spec.cpu: expected a list, got \"8\"");
    }
  }

  @Nested
  class Scalars {
    @Test
    void comparesNumbersByValueAndTextsByType() {
      assertThat(match("{'spec': {'replicas': 3.0}}")).isEmpty();
      assertThat(match("{'spec': {'cpu': 8}}")).containsExactly("spec.cpu: expected 8, got \"8\"");
    }

    @Test
    void evaluatesATextInParenthesesOverTheActualValue() {
      assertThat(match("{'spec': {'(replicas > `2`)': true}}")).isEmpty();
      assertThat(match("{'spec': {'cpu': '(to_string(@))'}}")).isEmpty();
      assertThat(match("{'spec': {'cpu': '(length(@) == `2`)'}}"))
          .containsExactly("spec.cpu: expected false, got \"8\"");
    }

    @Test
    void takesTheMeaningOfParenthesesAwayBetweenBackslashes() {
      assertThat(AssertionTree.match(Map.of("a", "\\(x)\\"), Map.of("a", "(x)"), Bindings.none()))
          .isEmpty();
    }

    @Test
    void matchesNullWithNull() {
      assertThat(AssertionTree.match(null, null, bindings)).isEmpty();
      assertThat(AssertionTree.match(null, 1L, bindings)).hasSize(1);
      assertThat(AssertionTree.match(2L, 1L, bindings).get(0))
          .hasToString("(all): expected 2, got 1");
    }
  }

  @Nested
  class Expressions {
    @Test
    void projectsTheActualValue() {
      assertThat(match("{'status': {\"(conditions[?type=='Synced'])\": [{'status': 'True'}]}}"))
          .isEmpty();
      assertThat(match("{'status': {\"(conditions[?type=='Ready'])\": [{'status': 'True'}]}}"))
          .containsExactly(
              "status.(conditions[?type=='Ready'])[0].status: expected \"True\", got \"False\"");
    }

    @Test
    void findsNothingBelowAValueThatIsNotThere() {
      assertThat(match("{'nothing': {\"(conditions[?type=='Ready'])\": [{'status': 'True'}]}}"))
          .singleElement()
          .asString()
          .startsWith("nothing: expected");
    }

    @Test
    void tellsWhyAnExpressionFails() {
      assertThat(match("{'spec': {'(length(paused))': 1}}"))
          .singleElement()
          .asString()
          .startsWith("spec.(length(paused)): expected 1, got (length(paused)) fails:");
      assertThat(match("{'spec': {'cpu': '(length(`1`))'}}"))
          .singleElement()
          .asString()
          .startsWith("spec.cpu: expected (length(`1`)), got (length(`1`)) fails:");
    }

    @Test
    void appliesATreeToEachElement() {
      assertThat(match("{'status': {'~.conditions': {'status': 'True'}}}"))
          .containsExactly("status.~.conditions[1].status: expected \"True\", got \"False\"");
      assertThat(match("{'metadata': {'~.labels': 'shop'}}"))
          .containsExactly("metadata.~.labels.tier: expected \"shop\", got \"db\"");
      assertThat(match("{'spec': {'~.(ports)': '(@ > `0` && @)'}}")).isEmpty();
      assertThat(match("{'spec': {'~.cpu': 1}}"))
          .containsExactly("spec.~.cpu: expected a list, got \"8\"");
    }

    @Test
    void usesBindings() {
      bindings = Bindings.none().with("type", "Ready").with("n", 3L);
      assertThat(match("{'spec': {'replicas': '($n)'}}")).isEmpty();
      assertThat(match("{'status': {'(conditions[?type==$type] | [0].status)': 'False'}}"))
          .isEmpty();
    }

    @Test
    void refusesWhatThisVersionDoesNotDo() {
      assertThat(match("{'spec': {'(ports)->p': 1}}"))
          .singleElement()
          .asString()
          .contains("'->' makes a binding; this version does not do that");
      assertThat(match("{'spec': {'~i.ports': 1}}"))
          .singleElement()
          .asString()
          .contains("'~i.' names the index; this version knows '~.' only");
      assertThat(match("{'spec': {'(cel; ports)': 1}}"))
          .singleElement()
          .asString()
          .contains("'cel;' asks for another language; this version knows JMESPath only");
      assertThat(match("{'spec': {'(jp; ports[0])': 80}}")).isEmpty();
    }
  }

  @Nested
  class Binding {
    @Test
    void keepsTheTypeOfAValue() {
      assertThat(Bindings.none().with("n", 3L).resolve(Map.of("a", List.of("($n)", "x", 1L))))
          .isEqualTo(Map.of("a", List.of(3L, "x", 1L)));
    }

    @Test
    void usesEarlierBindings() {
      Bindings two = Bindings.none().with("a", "x").with("b", "(join('-', [$a, 'y']))");
      assertThat(two.resolveText("($b)")).isEqualTo("x-y");
    }

    @Test
    void survivesQuotesAndBackticksInValues() {
      Bindings odd = Bindings.none().with("a", "it's `\"odd\"` $a");
      assertThat(odd.resolve("($a)")).isEqualTo("it's `\"odd\"` $a");
      assertThat(odd.resolve("(join('', [$a, '$a']))")).isEqualTo("it's `\"odd\"` $a$a");
    }

    @Test
    void refusesAnUnknownName() {
      assertThatThrownBy(() -> Bindings.none().with("a", 1L).resolve("($b)"))
          .hasMessage("$b is not bound; there is [a]");
    }

    @Test
    void refusesAValueThatIsNoText() {
      assertThatThrownBy(() -> Bindings.none().with("a", 1L).resolveText("($a)"))
          .hasMessage("($a) is not a text but 1");
    }
  }

  @Nested
  class Lint {
    @Test
    void findsMalformedExpressionsAndUnknownBindings() {
      assertThat(TreeLint.check("plain", List.of())).isEmpty();
      assertThat(TreeLint.check("($a)", List.of("a"))).isEmpty();
      assertThat(TreeLint.check("(join('-', [$a, $b]))", List.of("a")))
          .containsExactly(new TreeLint.Problem("b", ""));
      assertThat(TreeLint.check("(conditions[?)", List.of()))
          .containsExactly(new TreeLint.Problem("", "(conditions[?) is not JMESPath"));
      assertThat(TreeLint.check("(nonsense(@))", List.of()))
          .singleElement()
          .satisfies(problem -> assertThat(problem.malformed()).contains("nonsense"));
    }
  }

  private List<String> match(String tree) {
    Object parsed = YamlFile.read(tree, new Mistakes("tree")).get(0).value();
    return AssertionTree.match(parsed, READY, bindings).stream().map(Mismatch::toString).toList();
  }
}
