package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.tree.AssertionTree;
import io.terraorbit.foundation.chaos.scenario.internal.tree.Bindings;
import io.terraorbit.foundation.chaos.scenario.internal.tree.Mismatch;
import io.terraorbit.foundation.chaos.scenario.internal.tree.TreeException;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The operations that read and write objects. Confined to the runner's thread. */
final class ObjectActions {
  private final Cluster cluster;
  private final Patience patience;
  private final Bindings bindings;
  private final Timeouts timeouts;

  ObjectActions(Cluster cluster, Patience patience, Bindings bindings, Timeouts timeouts) {
    this.cluster = cluster;
    this.patience = patience;
    this.bindings = bindings;
    this.timeouts = timeouts;
  }

  void apply(Action.Apply apply) throws InterruptedException {
    Duration atMost = apply.timeout().orElse(timeouts.apply());
    for (Map<String, Object> resource : apply.resources()) {
      Map<String, Object> object = resolved(resource);
      write("applied", Words.reference(object), atMost, () -> cluster.apply(object));
    }
  }

  void patch(Action.Patch patch) throws InterruptedException {
    Duration atMost = patch.timeout().orElse(timeouts.apply());
    for (Map<String, Object> resource : patch.resources()) {
      Map<String, Object> object = resolved(resource);
      write(
          "patched",
          Words.reference(object),
          atMost,
          () -> cluster.patch(object, patch.subresource()));
    }
  }

  void delete(Action.Delete delete) throws InterruptedException {
    ObjectRef target = resolved(delete.target());
    Duration atMost = delete.timeout().orElse(timeouts.delete());
    write("deleted", target, atMost, () -> cluster.delete(target));
    require(target, new Action.Until.Deleted(), atMost);
  }

  void await(Action.Wait wait) throws InterruptedException {
    require(resolved(wait.target()), wait.until(), wait.timeout().orElse(timeouts.assertion()));
  }

  void assertAll(Action.Assert assertion) throws InterruptedException {
    Duration atMost = assertion.timeout().orElse(timeouts.assertion());
    for (Map<String, Object> tree : assertion.trees()) {
      ObjectRef subject = subject(tree);
      Look look = patience.retry(atMost, () -> look(tree, subject));
      if (!look.enough()) {
        throw new OperationFailure(
            "%s %s after %s"
                .formatted(Words.object(subject), look.problem(), Words.duration(atMost)),
            Optional.of(subject),
            look.lines());
      }
    }
  }

  void assertNone(Action.AssertNone assertion) throws InterruptedException {
    Duration atMost = assertion.timeout().orElse(timeouts.error());
    for (Map<String, Object> tree : assertion.trees()) {
      ObjectRef subject = subject(tree);
      boolean gone = patience.until(atMost, () -> !look(tree, subject).enough());
      if (!gone) {
        throw new OperationFailure(
            "%s is still there after %s, and must not be"
                .formatted(Words.object(subject), Words.duration(atMost)),
            Optional.of(subject),
            List.of());
      }
    }
  }

  private void require(ObjectRef target, Action.Until until, Duration atMost)
      throws InterruptedException {
    Condition last = patience.retry(atMost, () -> condition(target, until));
    if (!last.enough()) {
      throw new OperationFailure(
          "%s %s after %s".formatted(target, last.problem, Words.duration(atMost)),
          Optional.of(target),
          List.of());
    }
  }

  private Condition condition(ObjectRef target, Action.Until until) {
    Optional<Map<String, Object>> found;
    try {
      found = cluster.find(target);
    } catch (AppException e) {
      return new Condition(false, "cannot be read (%s)".formatted(e.error().found()));
    }
    if (until instanceof Action.Until.Deleted) {
      return new Condition(found.isEmpty(), "is still there");
    }
    if (found.isEmpty()) {
      return new Condition(false, "is missing");
    }
    if (until instanceof Action.Until.Condition wanted) {
      String actual = status(found.get(), wanted.name());
      return new Condition(
          actual.equals(wanted.value()),
          "has %s=%s instead of %s"
              .formatted(wanted.name(), actual.isEmpty() ? "(none)" : actual, wanted.value()));
    }
    return new Condition(true, "");
  }

  private static String status(Map<String, Object> object, String condition) {
    return Values.listAt(object, "status", "conditions").stream()
        .filter(entry -> Values.string(entry, "type").orElse("").equals(condition))
        .findFirst()
        .flatMap(entry -> Values.string(entry, "status"))
        .orElse("");
  }

  /** Compares the tree with the object of its name, or with all of its kind. */
  private Look look(Map<String, Object> tree, ObjectRef subject) {
    List<Map<String, Object>> candidates;
    try {
      candidates =
          subject.name().isEmpty()
              ? cluster.list(subject, Values.objectAt(tree, "metadata", "labels"))
              : cluster.find(subject).map(List::of).orElse(List.of());
    } catch (AppException e) {
      return new Look(false, "cannot be read (%s)".formatted(e.error().found()), List.of());
    }
    List<Mismatch> nearest =
        candidates.stream()
            .map(candidate -> AssertionTree.match(tree, candidate, bindings))
            .min(Comparator.comparingInt(List::size))
            .orElse(List.of());
    if (!candidates.isEmpty() && nearest.isEmpty()) {
      return new Look(true, "", List.of());
    }
    return candidates.isEmpty()
        ? new Look(false, "is missing", List.of())
        : new Look(false, "is not as asserted", nearest);
  }

  private void write(String done, ObjectRef target, Duration atMost, Runnable call)
      throws InterruptedException {
    Written written = patience.retry(atMost, () -> attempt(call));
    if (written.error.isPresent()) {
      AppException error = written.error.get();
      throw new OperationFailure(
          "%s could not be %s: %s".formatted(target, done, error.error().found()),
          Optional.of(target),
          new ArrayList<>(error.error().message().lines().toList()));
    }
  }

  private static Written attempt(Runnable call) {
    try {
      call.run();
      return new Written(Optional.empty());
    } catch (AppException e) {
      return new Written(Optional.of(e));
    }
  }

  private Map<String, Object> resolved(Map<String, Object> resource) {
    return evaluating(() -> Values.object(Objects.requireNonNull(bindings.resolve(resource))));
  }

  private ObjectRef resolved(ObjectRef reference) {
    return evaluating(
        () ->
            new ObjectRef(
                bindings.resolveText(reference.apiVersion()),
                bindings.resolveText(reference.kind()),
                bindings.resolveText(reference.namespace()),
                bindings.resolveText(reference.name())));
  }

  /** The fault with the expressions in its names replaced by their values. */
  ApiFault resolved(ApiFault fault) {
    return fault instanceof ApiFault.Reject reject
        ? new ApiFault.Reject(
            reject.id(),
            resolved(reject.match()),
            reject.selection(),
            reject.refusal(),
            reject.retryAfter())
        : fault;
  }

  /** The trigger with the expressions in its names replaced by their values. */
  Action.KillLeader resolved(Action.KillLeader kill) {
    return new Action.KillLeader(
        kill.namespace(),
        kill.lease(),
        kill.when().map(when -> new WriteMatch(resolved(when.match()), when.occurrence())),
        kill.restartAfter());
  }

  /** Words for people, with the values of bindings in them. */
  String shown(String words) {
    return bindings.shown(words);
  }

  private RequestMatch resolved(RequestMatch match) {
    return evaluating(
        () ->
            new RequestMatch(
                match.verb(),
                match.kind(),
                bindings.resolveText(match.namespace()),
                bindings.resolveText(match.name()),
                match.user(),
                match.resource(),
                match.userAgent()));
  }

  private ObjectRef subject(Map<String, Object> tree) {
    return resolved(Words.reference(tree));
  }

  private static <T> T evaluating(Supplier<T> work) {
    try {
      return work.get();
    } catch (TreeException e) {
      throw new OperationFailure(String.valueOf(e.getMessage()), Optional.empty(), List.of());
    }
  }

  private record Look(boolean enough, String problem, List<Mismatch> mismatches)
      implements Patience.Outcome {
    List<String> lines() {
      return mismatches.stream().map(Mismatch::toString).toList();
    }
  }

  private record Condition(boolean enough, String problem) implements Patience.Outcome {}

  /** Worth another try unless the server says that it never will be. */
  private record Written(Optional<AppException> error) implements Patience.Outcome {
    @Override
    public boolean enough() {
      return error.isEmpty()
          || switch (error.get().kind()) {
            case VALIDATION, UNIMPLEMENTED, FORBIDDEN, UNAUTHORIZED -> true;
            default -> false;
          };
    }
  }
}
