package io.terraorbit.foundation.errors;

import org.apiguardian.api.API;

/**
 * What sort of failure an error is: what a caller may conclude without reading the message.
 *
 * <p>The set and its HTTP and gRPC numbers follow the comments of {@code google/rpc/code.proto}.
 * Several kinds share an HTTP status; the way back from a bare status is therefore {@link
 * #ofHttpStatus(int)}'s best guess.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ErrorKind {
  VALIDATION(400, 3, false),
  UNAUTHORIZED(401, 16, false),
  FORBIDDEN(403, 7, false),
  NOT_FOUND(404, 5, false),
  CONFLICT(409, 6, false),
  ABORTED(409, 10, true),
  PRECONDITION_FAILED(400, 9, false),
  OUT_OF_RANGE(400, 11, false),
  RATE_LIMITED(429, 8, true),
  CANCELLED(499, 1, false),
  UNKNOWN(500, 2, false),
  INTERNAL(500, 13, false),
  DATA_LOSS(500, 15, false),
  UNIMPLEMENTED(501, 12, false),
  UNAVAILABLE(503, 14, true),
  DEADLINE_EXCEEDED(504, 4, true);

  private final int httpStatus;
  private final int grpcCode;
  private final boolean transientByDefault;

  ErrorKind(int httpStatus, int grpcCode, boolean transientByDefault) {
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
    this.transientByDefault = transientByDefault;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int grpcCode() {
    return grpcCode;
  }

  /** Whether the same call may well succeed a little later, with nothing changed by the caller. */
  public boolean transientByDefault() {
    return transientByDefault;
  }

  /**
   * Whether it tells of the caller rather than of the server: nothing to wake anyone for, and no
   * reason for a circuit breaker to open.
   */
  public boolean causedByCaller() {
    return switch (this) {
      case VALIDATION,
          UNAUTHORIZED,
          FORBIDDEN,
          NOT_FOUND,
          CONFLICT,
          ABORTED,
          PRECONDITION_FAILED,
          OUT_OF_RANGE,
          CANCELLED ->
          true;
      default -> false;
    };
  }

  /**
   * The kind of a gRPC status code.
   *
   * @return never a success: 0 and what is no code gives {@link #UNKNOWN}
   */
  public static ErrorKind ofGrpcCode(int code) {
    for (ErrorKind kind : values()) {
      if (kind.grpcCode == code) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /**
   * Guesses the kind from a bare HTTP status.
   *
   * @return never a success: a status below 400 gives {@link #UNKNOWN}
   */
  public static ErrorKind ofHttpStatus(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> VALIDATION;
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404, 410 -> NOT_FOUND;
      case 409 -> CONFLICT;
      case 412 -> PRECONDITION_FAILED;
      case 429 -> RATE_LIMITED;
      case 499 -> CANCELLED;
      case 501, 405 -> UNIMPLEMENTED;
      case 502, 503 -> UNAVAILABLE;
      case 408, 504 -> DEADLINE_EXCEEDED;
      default -> status >= 500 ? INTERNAL : status >= 400 ? VALIDATION : UNKNOWN;
    };
  }
}
