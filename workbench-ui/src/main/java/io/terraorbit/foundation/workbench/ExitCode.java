package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Verdict;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;

/** What the command line ends with. */
enum ExitCode {
  PASS(0, "all scenarios passed"),
  INCONCLUSIVE(4, "a scenario was inconclusive or vacuous"),
  FAIL(1, "a scenario failed"),
  ENVIRONMENT(3, "the environment could not start"),
  USAGE(2, "wrong usage, or a scenario with mistakes"),
  INTERNAL(70, "a mistake of the workbench's own"),
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** The graver of two, by the order of the constants. */
  ExitCode and(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  static ExitCode of(Verdict verdict) {
    return switch (verdict.word()) {
      case "pass" -> PASS;
      case "fail" -> FAIL;
      default -> INCONCLUSIVE;
    };
  }

  static ExitCode of(AppException failure) {
    return failure.kind() == ErrorKind.VALIDATION ? USAGE : ENVIRONMENT;
  }
}
