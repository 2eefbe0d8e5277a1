package io.terraorbit.foundation.chaos.proxy.internal.api;

/** An answer that is an error: its status and Toxiproxy's text. */
public final class ApiFailure extends RuntimeException {
  private final int status;

  public ApiFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  public static ApiFailure badBody(String detail) {
    return new ApiFailure(400, "bad request body: " + detail);
  }

  public static ApiFailure missingField(String field) {
    return new ApiFailure(400, "missing required field: " + field);
  }

  public static ApiFailure proxyNotFound() {
    return new ApiFailure(404, "proxy not found");
  }

  public static ApiFailure proxyExists() {
    return new ApiFailure(409, "proxy already exists");
  }

  public static ApiFailure streamInvalid() {
    return new ApiFailure(400, "stream was invalid, can be either upstream or downstream");
  }

  public static ApiFailure toxicTypeInvalid() {
    return new ApiFailure(400, "invalid toxic type");
  }

  public static ApiFailure toxicExists() {
    return new ApiFailure(409, "toxic already exists");
  }

  public static ApiFailure toxicNotFound() {
    return new ApiFailure(404, "toxic not found");
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
