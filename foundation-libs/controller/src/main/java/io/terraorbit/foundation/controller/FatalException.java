package io.terraorbit.foundation.controller;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Thrown by a reconciler for which trying again is pointless until the object changes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class FatalException extends Exception {
  public FatalException(String message) {
    this(message, null);
  }

  public FatalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
