package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.ErrorKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * The reasons of a Kubernetes {@code Status} (apimachinery, {@code pkg/apis/meta/v1/types.go}),
 * with what each means to a caller.
 */
enum Reason {
  BAD_REQUEST("BadRequest", 400, ErrorKind.VALIDATION, "Correct the request."),
  UNAUTHORIZED("Unauthorized", 401, ErrorKind.UNAUTHORIZED, "Check the bearer token."),
  FORBIDDEN(
      "Forbidden",
      403,
      ErrorKind.FORBIDDEN,
      "Grant the caller this right, or do without the call."),
  NOT_FOUND("NotFound", 404, ErrorKind.NOT_FOUND, "Create the object first, or correct its name."),
  METHOD_NOT_ALLOWED(
      "MethodNotAllowed", 405, ErrorKind.UNIMPLEMENTED, "Use a verb that the resource supports."),
  NOT_ACCEPTABLE(
      "NotAcceptable", 406, ErrorKind.VALIDATION, "Use a server that can answer in JSON."),
  CONFLICT("Conflict", 409, ErrorKind.CONFLICT, "Read the object again and redo the change on it."),
  ALREADY_EXISTS(
      "AlreadyExists",
      0,
      ErrorKind.CONFLICT,
      "Update the object that exists, or take another name."),
  GONE("Gone", 410, ErrorKind.OUT_OF_RANGE, "List again and continue from there.", "KUBE_EXPIRED"),
  EXPIRED(
      "Expired", 0, ErrorKind.OUT_OF_RANGE, "List again and continue from there.", "KUBE_EXPIRED"),
  TOO_LARGE(
      "RequestEntityTooLarge", 413, ErrorKind.VALIDATION, "Make the object or the patch smaller."),
  UNSUPPORTED_MEDIA_TYPE(
      "UnsupportedMediaType",
      415,
      ErrorKind.VALIDATION,
      "Use a patch type that the kind supports."),
  INVALID("Invalid", 422, ErrorKind.VALIDATION, "Correct the fields that the message names."),
  TOO_MANY_REQUESTS(
      "TooManyRequests", 429, ErrorKind.RATE_LIMITED, "Wait a little, then send it again."),
  INTERNAL_ERROR("InternalError", 500, ErrorKind.INTERNAL, "Look into the server's log."),
  SERVER_TIMEOUT("ServerTimeout", 0, ErrorKind.UNAVAILABLE, "Wait a little, then send it again."),
  SERVICE_UNAVAILABLE(
      "ServiceUnavailable", 503, ErrorKind.UNAVAILABLE, "Wait a little, then send it again."),
  REQUEST_TIMEOUT(
      "Timeout",
      504,
      ErrorKind.DEADLINE_EXCEEDED,
      "Read what is there now before sending a write again.");

  private final String wireName;
  private final int httpStatus;
  private final ErrorKind kind;
  private final String remedy;
  private final String code;

  Reason(String wireName, int httpStatus, ErrorKind kind, String remedy) {
    this.wireName = wireName;
    this.httpStatus = httpStatus;
    this.kind = kind;
    this.remedy = remedy;
    this.code = "KUBE_" + name();
  }

  Reason(String wireName, int httpStatus, ErrorKind kind, String remedy, String code) {
    this.wireName = wireName;
    this.httpStatus = httpStatus;
    this.kind = kind;
    this.remedy = remedy;
    this.code = code;
  }

  static Optional<Reason> named(String wireName) {
    return Arrays.stream(values()).filter(reason -> reason.wireName.equals(wireName)).findFirst();
  }

  /** The reason that a bare HTTP status stands for. */
  static Optional<Reason> ofHttpStatus(int status) {
    return Arrays.stream(values()).filter(reason -> reason.httpStatus == status).findFirst();
  }

  ErrorKind kind() {
    return kind;
  }

  String remedy() {
    return remedy;
  }

  String code() {
    return code;
  }
}
