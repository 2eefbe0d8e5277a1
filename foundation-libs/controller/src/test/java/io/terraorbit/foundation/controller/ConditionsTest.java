package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00.9Z");
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00.9Z");

  @Test
  void aNewOneIsAppendedWithItsTime() {
    List<Condition> had = Conditions.with(null, condition("Other", "True", "x"), BEFORE);
    List<Condition> has = Conditions.with(had, condition("Ready", "False", "x"), NOW);
    assertThat(has).extracting(Condition::getType).containsExactly("Other", "Ready");
    assertThat(has)
        .extracting(Condition::getLastTransitionTime)
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  }

  @Test
  void theTimeStaysWhileTheStatusDoes() {
    List<Condition> had = Conditions.with(List.of(), condition("Ready", "False", "x"), BEFORE);
    List<Condition> has = Conditions.with(had, condition("Ready", "False", "y"), NOW);
    assertThat(has).hasSize(1);
    assertThat(has.get(0).getReason()).isEqualTo("y");
    assertThat(has.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(Conditions.with(has, condition("Ready", "False", "y"), NOW)).isEqualTo(has);
  }

  @Test
  void theTimeMovesWithTheStatus() {
    List<Condition> had = Conditions.with(List.of(), condition("Ready", "False", "x"), BEFORE);
    List<Condition> has = Conditions.with(had, condition("Ready", "True", "x"), NOW);
    assertThat(has.get(0).getLastTransitionTime()).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void areFoundByType() {
    List<Condition> had = Conditions.with(List.of(), condition("Ready", "False", "x"), BEFORE);
    assertThat(Conditions.find(had, "Ready")).isPresent();
    assertThat(Conditions.find(had, "Other")).isEmpty();
    assertThat(Conditions.find(null, "Ready")).isEmpty();
  }

  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder().withType(type).withStatus(status).withReason(reason).build();
  }
}
