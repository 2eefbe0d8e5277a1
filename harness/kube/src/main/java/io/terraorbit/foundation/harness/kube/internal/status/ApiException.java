package io.terraorbit.foundation.harness.kube.internal.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server refuses: carries the answer. Has no stack trace, since it is no fault of ours. */
public final class ApiException extends RuntimeException {
  private final int code;
  private final String reason;
  private final transient Map<String, Object> details;
  private final transient @Nullable String continueToken;
  private final boolean generic;

  ApiException(int code, String reason, String message, Map<String, Object> details) {
    this(code, reason, message, details, null, false);
  }

  /** Of the answers that the real server makes from a code alone; they have empty details. */
  static ApiException generic(int code, String reason, String message) {
    return new ApiException(code, reason, message, Map.of(), null, true);
  }

  private ApiException(
      int code,
      String reason,
      String message,
      Map<String, Object> details,
      @Nullable String continueToken,
      boolean generic) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    this.continueToken = continueToken;
    this.generic = generic;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** Seconds for the header {@code Retry-After}; 0 for none. */
  public long retryAfterSeconds() {
    return details.get("retryAfterSeconds") instanceof Long seconds ? seconds : 0;
  }

  /** The same refusal, with a token to go on listing by. */
  public ApiException withContinue(String token) {
    return new ApiException(code, reason, text(), details, token, generic);
  }

  /** The {@code Status} object. */
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", continueToken == null ? Map.of() : Map.of("continue", continueToken));
    status.put("status", "Failure");
    status.put("message", text());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (!details.isEmpty() || generic) {
      status.put("details", details);
    }
    status.put("code", (long) code);
    return Collections.unmodifiableMap(status);
  }

  private String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
