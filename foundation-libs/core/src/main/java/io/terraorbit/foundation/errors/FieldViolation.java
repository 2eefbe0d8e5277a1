package io.terraorbit.foundation.errors;

import org.apiguardian.api.API;

/**
 * One field of a request that was not as it must be. Immutable.
 *
 * <p>The same as a {@code FieldViolation} of {@code google/rpc/error_details.proto}.
 *
 * @param field path of the field as the caller wrote it, such as {@code items[2].name}; empty for
 *     the request as a whole
 * @param reason stable name of the mistake for programs, such as {@code REQUIRED}; may be empty
 * @param message what is wrong with it, for people
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FieldViolation(String field, String reason, String message) {
  /** The text that users read: {@code field: message}. */
  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
