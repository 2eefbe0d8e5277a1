package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ObjectRef;
import java.util.List;
import java.util.Optional;

/** An operation of a scenario did not do, or did not find, what it should. */
final class OperationFailure extends RuntimeException {
  private final transient Optional<ObjectRef> subject;
  private final transient List<String> trace;

  /**
   * Tells what went wrong.
   *
   * @param sentence without a full stop, such as {@code ResourceQuota/a/b is missing after 10s}
   * @param subject the object that it is about
   * @param trace what shows it, line by line
   */
  OperationFailure(String sentence, Optional<ObjectRef> subject, List<String> trace) {
    super(sentence);
    this.subject = subject;
    this.trace = List.copyOf(trace);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  Optional<ObjectRef> subject() {
    return subject;
  }

  List<String> trace() {
    return trace;
  }
}
