package io.terraorbit.foundation.harness.kube.internal.typed;

/** A value is not what Go could decode it into; the message is Go's. */
public final class UndecodableException extends RuntimeException {
  public UndecodableException(String message) {
    super(message, null, false, false);
  }
}
