package io.terraorbit.foundation.apply;

import org.apiguardian.api.API;

/** A value that is not of its type; its message is what the real server says. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MismatchException(String message) {
    super(message);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
