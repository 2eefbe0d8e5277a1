package io.terraorbit.foundation.harness.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path temporary;

  @Test
  void givesTheLastLinesOldestFirst() throws Exception {
    Path file = Files.writeString(temporary.resolve("log"), "a\nb\nc\n");

    assertThat(LogFile.tail(file, 2)).containsExactly("b", "c");
    assertThat(LogFile.tail(file, 9)).containsExactly("a", "b", "c");
    assertThat(LogFile.tail(file, 0)).isEmpty();
  }

  @Test
  void readsOnlyTheEndOfALongLogAndNoCutLine() throws Exception {
    String line = "x".repeat(99) + "\n";
    Path file = Files.writeString(temporary.resolve("log"), line.repeat(10_000));

    assertThat(LogFile.tail(file, 100_000))
        .hasSizeBetween(2_000, 3_000)
        .allSatisfy(read -> assertThat(read).hasSize(99));
  }

  @Test
  void givesNothingWhenThereIsNoLog() {
    assertThat(LogFile.tail(temporary.resolve("none"), 5)).isEmpty();
  }

  @Test
  void refusesANegativeNumberOfLines() {
    assertThatThrownBy(() -> LogFile.tail(temporary, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a number of lines is zero or more, got -1");
  }
}
