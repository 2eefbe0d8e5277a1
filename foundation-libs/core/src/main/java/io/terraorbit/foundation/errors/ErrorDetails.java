package io.terraorbit.foundation.errors;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an error says to programs beside its kind and code. Immutable.
 *
 * <p>It travels with the error over every protocol, so nothing in it may be secret. Its parts are
 * those of {@code google/rpc/error_details.proto}: {@code ErrorInfo}, {@code BadRequest}, {@code
 * RetryInfo}, {@code Help}.
 *
 * @param domain who defined the code, such as {@code orders.example.com}; empty when unsaid
 * @param attributes facts by name, in their order
 * @param violations the fields of the request that were wrong, all of them
 * @param retryAfter how long to wait before the same call; zero or more; null when unsaid
 * @param help where to read more; null when there is nowhere
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ErrorDetails(
    String domain,
    Map<String, String> attributes,
    List<FieldViolation> violations,
    @Nullable Duration retryAfter,
    @Nullable URI help) {
  private static final ErrorDetails NONE = new ErrorDetails("", Map.of(), List.of(), null, null);

  public ErrorDetails {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    violations = List.copyOf(violations);
    if (retryAfter != null && retryAfter.isNegative()) {
      throw new IllegalArgumentException("retryAfter is zero or more, got " + retryAfter);
    }
  }

  /** Nothing more than kind and code. */
  public static ErrorDetails none() {
    return NONE;
  }
}
