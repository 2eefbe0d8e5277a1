package io.terraorbit.foundation.json;

import org.apiguardian.api.API;

/** The text is not JSON, or not the JSON that was asked for. The message names line and column. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class JsonSyntaxException extends RuntimeException {
  public JsonSyntaxException(String message, Throwable cause) {
    super(message, cause);
  }

  public JsonSyntaxException(String message) {
    super(message);
  }
}
