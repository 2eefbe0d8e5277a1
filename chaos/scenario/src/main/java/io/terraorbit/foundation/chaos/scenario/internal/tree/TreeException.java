package io.terraorbit.foundation.chaos.scenario.internal.tree;

import org.jspecify.annotations.Nullable;

/** An expression cannot be read or evaluated; the message says why, in words for a user. */
public final class TreeException extends RuntimeException {
  TreeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
