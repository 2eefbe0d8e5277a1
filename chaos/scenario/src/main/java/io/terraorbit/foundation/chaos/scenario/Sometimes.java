package io.terraorbit.foundation.chaos.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** The run met what it was about; a run that did not is vacuous. */
record Sometimes(Event event) implements Check {
  /** What must have happened at least once. */
  enum Event {
    LEADER_CHANGE("leader-change");

    private final String word;

    Event(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  @Override
  public String name() {
    return "sometimes";
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    long changes =
        LeaderTerm.of(history).stream()
            .collect(Collectors.groupingBy(LeaderTerm::lease))
            .values()
            .stream()
            .mapToLong(LeaderTerm::changes)
            .sum();
    return changes > 0
        ? new Verdict.Passed("%s: %d".formatted(event.word(), changes))
        : new Verdict.Vacuous("no lease ever went from one replica to another");
  }
}
