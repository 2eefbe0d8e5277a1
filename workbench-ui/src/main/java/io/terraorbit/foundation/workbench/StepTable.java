package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Fact;
import io.terraorbit.foundation.chaos.scenario.RunEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a run with their operations and times. Confined to one thread. */
final class StepTable {
  private final Map<String, Block> blocks = new LinkedHashMap<>();

  private StepTable() {}

  /** A line for each step and, below it, one for each of its operations. */
  static List<String> lines(List<RunEvent> history) {
    StepTable table = new StepTable();
    for (RunEvent event : history) {
      if (event.fact() instanceof Fact.StepProgress progress) {
        table.add(progress, event.micros());
      }
    }
    return table.blocks.entrySet().stream()
        .flatMap(block -> block.getValue().lines(block.getKey()).stream())
        .toList();
  }

  private void add(Fact.StepProgress progress, long micros) {
    Block block = blocks.computeIfAbsent(progress.step(), unused -> new Block(micros));
    if (progress.stage() == Fact.StepProgress.Stage.BEGIN) {
      block.operationBegun = micros;
      return;
    }
    boolean passed = progress.stage() == Fact.StepProgress.Stage.PASS;
    block.ended = micros;
    block.passed &= passed;
    if (!progress.operation().isEmpty()) {
      block.operations.add(
          line("    ", passed, progress.operation(), micros - block.operationBegun));
    }
  }

  private static String line(String indent, boolean passed, String name, long micros) {
    return "%s%s %s %s"
        .formatted(
            indent,
            Text.mark(passed),
            Text.padded(name, 74 - indent.length()),
            "%10s".formatted(Text.seconds(micros)));
  }

  private static final class Block {
    private final long begun;
    private final List<String> operations = new ArrayList<>();
    private long operationBegun;
    private long ended;
    private boolean passed = true;

    Block(long begun) {
      this.begun = begun;
      this.operationBegun = begun;
      this.ended = begun;
    }

    List<String> lines(String name) {
      List<String> lines = new ArrayList<>();
      lines.add(line("  ", passed, name, ended - begun));
      lines.addAll(operations);
      return lines;
    }
  }
}
