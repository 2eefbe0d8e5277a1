package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Fact;
import io.terraorbit.foundation.chaos.scenario.RunEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells a run as it goes, in a line for each thing that matters. */
record Progress(Terminal terminal) implements Consumer<RunEvent> {
  @Override
  public void accept(RunEvent event) {
    line(event.fact())
        .ifPresent(
            line -> terminal.progress("%8s  %s".formatted(Text.seconds(event.micros()), line)));
  }

  private static Optional<String> line(Fact fact) {
    if (fact instanceof Fact.ServiceUp up) {
      return Optional.of("%s %s is up".formatted(up.service().key(), up.version()));
    }
    if (fact instanceof Fact.ReplicaLife life) {
      return Optional.of(
          "%s: %s %s"
              .formatted(life.replica(), Text.word(life.turn()), life.detail())
              .stripTrailing());
    }
    if (fact instanceof Fact.Leadership lead && lead.leads()) {
      return Optional.of("%s leads".formatted(lead.replica()));
    }
    if (fact instanceof Fact.StepProgress step
        && (step.operation().isEmpty() || step.stage() == Fact.StepProgress.Stage.FAIL)) {
      return Optional.of(
          "step '%s': %s %s"
              .formatted(step.step(), Text.word(step.stage()), step.detail())
              .stripTrailing());
    }
    if (fact instanceof Fact.Reached reached) {
      return Optional.of(Text.word(reached.milestone()));
    }
    return Optional.empty();
  }
}
