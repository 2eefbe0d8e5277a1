package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  @Test
  void guessesAcrossSwapsCaseAndMissingLetters() {
    List<String> known = List.of("steps", "checks", "killLeader");
    assertThat(Suggestion.nearest("sptes", known)).contains("steps");
    assertThat(Suggestion.nearest("step", known)).contains("steps");
    assertThat(Suggestion.nearest("killleader", known)).contains("killLeader");
    assertThat(Suggestion.nearest("kill", known)).isEmpty();
  }

  @Test
  void namesAllWhenNoneIsNear() {
    assertThat(Suggestion.of("zebra", List.of("steps", "checks")))
        .isEqualTo("Use one of [checks, steps]");
    assertThat(Suggestion.of("zebra", List.of())).isEqualTo("Remove it.");
    assertThat(Suggestion.of("cheks", List.of("steps", "checks")))
        .isEqualTo("Did you mean 'checks'?");
  }

  @Property
  void distanceIsSymmetricAndZeroOnlyForTheSameWord(
      @ForAll @AlphaChars @StringLength(max = 8) String left,
      @ForAll @AlphaChars @StringLength(max = 8) String right) {
    assertThat(Suggestion.distance(left, right)).isEqualTo(Suggestion.distance(right, left));
    assertThat(Suggestion.distance(left, right) == 0).isEqualTo(left.equalsIgnoreCase(right));
    assertThat(Suggestion.distance(left, right))
        .isBetween(
            Math.abs(left.length() - right.length()), Math.max(left.length(), right.length()));
  }
}
