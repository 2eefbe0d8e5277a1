package io.terraorbit.foundation.apply;

import org.apiguardian.api.API;

/** A field set, or the list of those who own fields, that cannot be read. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class MalformedFieldsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedFieldsException(String message) {
    super(message);
  }

  MalformedFieldsException(String message, Throwable cause) {
    super(message, cause);
  }
}
