package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Fact;
import io.terraorbit.foundation.chaos.scenario.FaultRecord;
import io.terraorbit.foundation.chaos.scenario.LeaderTerm;
import io.terraorbit.foundation.chaos.scenario.RunEvent;
import io.terraorbit.foundation.chaos.scenario.RunResult;
import io.terraorbit.foundation.chaos.scenario.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a run, for people. Confined to one thread. */
final class TextReport {
  private final RunResult result;
  private final Duration start;
  private final Optional<Path> recording;
  private final String replay;
  private final StringBuilder text = new StringBuilder();

  /**
   * Prepares a report.
   *
   * @param start from when the command was entered until the run began
   * @param recording where the run was written to
   * @param replay the command that runs it again
   */
  TextReport(RunResult result, Duration start, Optional<Path> recording, String replay) {
    this.result = result;
    this.start = start;
    this.recording = recording;
    this.replay = replay;
  }

  String render() {
    line("%s  (%s)".formatted(result.scenario().name(), result.scenario().file()));
    environment();
    steps();
    faults();
    leaders();
    checks();
    times();
    result.dumps().forEach(dump -> line("%n%s".formatted(dump)));
    verdict();
    return text.toString();
  }

  private void environment() {
    heading("Environment");
    for (RunEvent event : result.history()) {
      if (event.fact() instanceof Fact.ServiceUp up) {
        line(
            "  %-12s %-16s %-10s %6d ms"
                .formatted(
                    up.service().key(), up.version(), up.backend(), up.startup().toMillis()));
      }
    }
  }

  private void steps() {
    heading("Steps");
    StepTable.lines(result.history()).forEach(this::line);
  }

  private void faults() {
    List<FaultRecord> faults = FaultRecord.of(result.history());
    if (faults.isEmpty()) {
      return;
    }
    heading("Faults");
    for (FaultRecord fault : faults) {
      line(
          "  %-24s %-12s on %-20s %s"
              .formatted(fault.id(), fault.type(), fault.target(), hits(fault)));
    }
  }

  private String hits(FaultRecord fault) {
    if (!fault.fired()) {
      return "never fired";
    }
    if (fault.type().equals("killLeader")) {
      return result.history().stream()
          .filter(event -> event.fact() instanceof Fact.FaultHit hit && hit.id().equals(fault.id()))
          .map(
              event ->
                  "%s, %s at %s"
                      .formatted(
                          ((Fact.FaultHit) event.fact()).replica(),
                          ((Fact.FaultHit) event.fact()).what(),
                          Text.seconds(event.micros())))
          .collect(Collectors.joining("; "));
    }
    long all = fault.hits().values().stream().mapToLong(Long::longValue).sum();
    return "%d %s: %s"
        .formatted(
            all,
            fault.type().equals("reject") ? "requests" : "connections",
            fault.hits().entrySet().stream()
                .map(hit -> "%s ×%d".formatted(hit.getKey(), hit.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private void leaders() {
    List<LeaderTerm> terms = LeaderTerm.of(result.history());
    if (terms.isEmpty()) {
      return;
    }
    heading("Leaders");
    for (LeaderTerm term : terms) {
      line(
          "  %-24s from %8s  %s"
              .formatted(
                  term.lease(),
                  Text.seconds(term.micros()),
                  term.holder().isEmpty() ? "(nobody)" : term.holder()));
    }
  }

  private void checks() {
    heading("Checks");
    for (RunResult.CheckResult check : result.checks()) {
      line(
          "  %s %-20s %s%s"
              .formatted(
                  Text.mark(check.verdict().passes()),
                  check.check(),
                  check.verdict().passes() ? "" : check.verdict().word() + ": ",
                  check.verdict().reason()));
    }
  }

  private void times() {
    heading("Where the time went");
    Duration total = start;
    line("  %-20s %10s".formatted("start", Text.seconds(start)));
    for (Map.Entry<String, Duration> phase : result.phases().entrySet()) {
      line("  %-20s %10s".formatted(phase.getKey(), Text.seconds(phase.getValue())));
      total = total.plus(phase.getValue());
    }
    line("  %-20s %10s".formatted("total", Text.seconds(total)));
  }

  private void verdict() {
    Verdict verdict = result.verdict();
    line(
        "%n%s %s  %s  seed %d"
            .formatted(
                Text.mark(verdict.passes()),
                verdict.word(),
                result.scenario().name(),
                result.seed()));
    line("  %s".formatted(verdict.reason()));
    if (verdict instanceof Verdict.Failed failed) {
      failed.trace().forEach(each -> line("    %s".formatted(each)));
    }
    if (!verdict.passes()) {
      line("  replay     %s".formatted(replay));
    }
    recording.ifPresent(directory -> line("  recording  %s".formatted(directory)));
  }

  private void heading(String name) {
    line("%s%s".formatted(System.lineSeparator(), name));
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append(System.lineSeparator());
  }
}
