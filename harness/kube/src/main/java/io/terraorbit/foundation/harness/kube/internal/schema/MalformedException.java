package io.terraorbit.foundation.harness.kube.internal.schema;

/** A member cannot be read as what it has to be; no object can be made of it. */
public final class MalformedException extends RuntimeException {
  MalformedException(String text) {
    super(text, null, false, false);
  }

  /** What is wrong, as the real server words it. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
