package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a scenario's steps. Confined to the runner's thread. */
final class Steps {
  private final RunHistory history;
  private final Cluster cluster;
  private final ObjectActions objects;
  private final Faults faults;
  private final KillSwitch kills;
  private final Optional<ApiControl> control;
  private final List<String> dumps = new ArrayList<>();
  private Optional<Verdict.Failed> failure = Optional.empty();

  Steps(
      RunHistory history,
      Cluster cluster,
      ObjectActions objects,
      Faults faults,
      KillSwitch kills,
      Optional<ApiControl> control) {
    this.history = history;
    this.cluster = cluster;
    this.objects = objects;
    this.faults = faults;
    this.kills = kills;
    this.control = control;
  }

  /** Takes the steps in order, until one fails. */
  void run(List<Step> steps) throws InterruptedException {
    for (Step step : steps) {
      if (failure.isEmpty()) {
        run(step);
      }
    }
  }

  /** Takes every operation, whatever becomes of those before. */
  void rollBack(List<Operation> operations) throws InterruptedException {
    for (Operation operation : operations) {
      run("rollbacks", operation);
    }
  }

  /** What went wrong first. */
  Optional<Verdict.Failed> failure() {
    return failure;
  }

  /** What the scenario asked to be shown, as blocks of text. */
  List<String> dumps() {
    return List.copyOf(dumps);
  }

  private void run(Step step) throws InterruptedException {
    history.append(new Fact.StepProgress(step.name(), "", 0, Fact.StepProgress.Stage.BEGIN, ""));
    boolean passed = runUntilFailure(step.name(), step.attempt());
    if (!passed) {
      runAll(step.name(), step.onFailure());
    }
    runAll(step.name(), step.always());
    history.append(
        new Fact.StepProgress(
            step.name(),
            "",
            0,
            passed ? Fact.StepProgress.Stage.PASS : Fact.StepProgress.Stage.FAIL,
            ""));
  }

  private boolean runUntilFailure(String step, List<Operation> operations)
      throws InterruptedException {
    boolean passed = true;
    for (Operation operation : operations) {
      if (!run(step, operation)) {
        passed = false;
        if (!operation.continueOnError()) {
          break;
        }
      }
    }
    return passed;
  }

  private void runAll(String step, List<Operation> operations) throws InterruptedException {
    for (Operation operation : operations) {
      run(step, operation);
    }
  }

  private boolean run(String step, Operation operation) throws InterruptedException {
    record(step, operation, Fact.StepProgress.Stage.BEGIN, "");
    try {
      perform(operation.action());
      record(step, operation, Fact.StepProgress.Stage.PASS, "");
      return true;
    } catch (OperationFailure e) {
      failed(step, operation, e);
    } catch (AppException e) {
      failed(
          step,
          operation,
          new OperationFailure(
              e.error().found(), Optional.empty(), e.error().message().lines().toList()));
    }
    return false;
  }

  private void failed(String step, Operation operation, OperationFailure e) {
    Verdict.Failed verdict =
        new Verdict.Failed(
            "step '%s'".formatted(step), Explanation.of(e, step, history.events()), e.trace());
    record(step, operation, Fact.StepProgress.Stage.FAIL, e.sentence());
    failure = failure.or(() -> Optional.of(verdict));
  }

  private void record(
      String step, Operation operation, Fact.StepProgress.Stage phase, String detail) {
    history.append(
        new Fact.StepProgress(
            step, objects.shown(operation.title()), operation.line(), phase, detail));
  }

  private void perform(Action action) throws InterruptedException {
    if (action instanceof Action.Apply apply) {
      objects.apply(apply);
    } else if (action instanceof Action.Assert assertion) {
      objects.assertAll(assertion);
    } else if (action instanceof Action.AssertNone assertion) {
      objects.assertNone(assertion);
    } else if (action instanceof Action.Patch patch) {
      objects.patch(patch);
    } else if (action instanceof Action.Wait wait) {
      objects.await(wait);
    } else if (action instanceof Action.Delete delete) {
      objects.delete(delete);
    } else if (action instanceof Action.Sleep sleep) {
      RunHistory.pause(sleep.duration());
    } else {
      disturb(action);
    }
  }

  private void disturb(Action action) {
    if (action instanceof Action.DisturbLinks fault) {
      faults.disturb(fault);
    } else if (action instanceof Action.DisturbApi fault) {
      faults.disturb(objects.resolved(fault.fault()), control);
    } else if (action instanceof Action.KillLeader kill) {
      kills.arm(objects.resolved(kill));
    } else if (action instanceof Action.Heal heal) {
      heal(heal);
    } else {
      show(action);
    }
  }

  private void heal(Action.Heal heal) {
    if (heal.id().isPresent()) {
      faults.heal(heal.id().get());
    } else {
      faults.healAll();
      kills.disarm();
    }
  }

  private void show(Action action) {
    if (action instanceof Action.ShowHistory show) {
      List<RunEvent> events = history.events();
      dumps.add(
          Explanation.lines(
              events.subList(Math.max(0, events.size() - show.last()), events.size())));
    } else if (action instanceof Action.ShowEvents) {
      dumps.add(events());
    }
  }

  private String events() {
    StringBuilder text = new StringBuilder("Events:");
    for (Map<String, Object> event : cluster.list(new ObjectRef("v1", "Event", "", ""), Map.of())) {
      text.append(
          "%n  %s %s/%s: %s"
              .formatted(
                  Values.string(event, "reason").orElse(""),
                  Values.string(event, "involvedObject", "kind").orElse(""),
                  Values.string(event, "involvedObject", "name").orElse(""),
                  Values.string(event, "message").orElse("")));
    }
    return text.toString();
  }
}
