package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says in one sentence what went wrong and, as far as the history tells, why. Pure functions of a
 * history.
 */
final class Explanation {
  private Explanation() {}

  /** What failed, in which step, and the story behind it. */
  static String of(OperationFailure failure, String step, List<RunEvent> history) {
    List<String> story = new ArrayList<>();
    failure.subject().ifPresent(subject -> story.addAll(story(subject, history)));
    return "%s in step '%s'%s."
        .formatted(
            failure.sentence(), step, story.isEmpty() ? "" : ": " + String.join(", and ", story));
  }

  /** Events, one a line. */
  static String lines(List<RunEvent> events) {
    StringBuilder text = new StringBuilder("History:");
    for (RunEvent event : events) {
      text.append(
          "%n  %10s  %-10s %s"
              .formatted(
                  Words.seconds(event.micros()), event.fact().kind(), event.fact().fields()));
    }
    return text.toString();
  }

  private static List<String> story(ObjectRef subject, List<RunEvent> history) {
    List<String> story = new ArrayList<>();
    lastKill(history).ifPresent(kill -> story.addAll(afterKill(kill, subject, history)));
    if (story.isEmpty()) {
      story.add(lastWrite(subject, history));
      lastError(history).ifPresent(story::add);
    }
    return story;
  }

  private static List<String> afterKill(RunEvent kill, ObjectRef subject, List<RunEvent> history) {
    Fact.ReplicaLife process = (Fact.ReplicaLife) kill.fact();
    List<String> story = new ArrayList<>();
    story.add(
        "%s was killed at %s%s"
            .formatted(
                process.replica(),
                Words.seconds(kill.micros()),
                process.detail().isEmpty() ? "" : " " + process.detail()));
    successor(process, kill.micros(), history)
        .ifPresentOrElse(
            term -> story.add(successorsPart(term, subject, history)),
            () -> story.add("no other replica took over the lease"));
    return story;
  }

  private static String successorsPart(LeaderTerm term, ObjectRef subject, List<RunEvent> history) {
    Optional<RunEvent> written =
        last(
            history,
            event ->
                event.micros() >= term.micros()
                    && isOf(event, subject)
                    && ((Fact.Revision) event.fact()).commit().user().equals(term.holder()));
    return "%s, leading since %s, %s"
        .formatted(
            term.holder(),
            Words.seconds(term.micros()),
            written
                .map(event -> "last wrote it at " + Words.seconds(event.micros()))
                .orElseGet(() -> "never wrote " + article(subject.kind())));
  }

  private static String lastWrite(ObjectRef subject, List<RunEvent> history) {
    Optional<RunEvent> written = last(history, event -> isOf(event, subject));
    if (written.isEmpty()) {
      return "nobody ever wrote " + article(subject.kind());
    }
    ApiCommit commit = ((Fact.Revision) written.get().fact()).commit();
    return "it was last %s at %s by %s"
        .formatted(
            commit.change() == ApiCommit.Change.DELETED ? "deleted" : "written",
            Words.seconds(written.get().micros()),
            commit.user());
  }

  private static Optional<String> lastError(List<RunEvent> history) {
    return last(
            history,
            event -> event.fact() instanceof Fact.ReconcileEnded ended && !ended.error().isEmpty())
        .map(
            event -> {
              Fact.ReconcileEnded ended = (Fact.ReconcileEnded) event.fact();
              return "the last failed reconcile, of %s by %s at %s, ended with %s"
                  .formatted(
                      ended.key(), ended.replica(), Words.seconds(event.micros()), ended.error());
            });
  }

  private static Optional<RunEvent> lastKill(List<RunEvent> history) {
    return last(
        history,
        event ->
            event.fact() instanceof Fact.ReplicaLife process
                && process.turn() == Fact.ReplicaLife.Turn.KILL);
  }

  private static Optional<LeaderTerm> successor(
      Fact.ReplicaLife killed, long after, List<RunEvent> history) {
    Map<String, String> leases = Replicas.leases(history);
    List<LeaderTerm> terms =
        LeaderTerm.of(history, killed.lease()).stream()
            .filter(term -> term.micros() > after && leases.containsKey(term.holder()))
            .filter(term -> !term.holder().equals(killed.replica()))
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(terms.get(terms.size() - 1));
  }

  /** Whether it is a write to the object; to any of its kind, if the object has no name. */
  private static boolean isOf(RunEvent event, ObjectRef subject) {
    return event.fact() instanceof Fact.Revision write
        && write.commit().object().kind().equals(subject.kind())
        && (subject.name().isEmpty() || write.commit().object().name().equals(subject.name()))
        && (subject.namespace().isEmpty()
            || write.commit().object().namespace().equals(subject.namespace()));
  }

  private static Optional<RunEvent> last(
      List<RunEvent> history, java.util.function.Predicate<RunEvent> wanted) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (wanted.test(history.get(i))) {
        return Optional.of(history.get(i));
      }
    }
    return Optional.empty();
  }

  private static String article(String noun) {
    return ("AEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }
}
