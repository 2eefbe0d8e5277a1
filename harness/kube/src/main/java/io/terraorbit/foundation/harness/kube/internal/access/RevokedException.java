package io.terraorbit.foundation.harness.kube.internal.access;

/** The user was cut off: nothing more is written, and nobody is answered. */
public final class RevokedException extends RuntimeException {
  RevokedException(String user) {
    super("cut off: " + user, null, false, false);
  }
}
