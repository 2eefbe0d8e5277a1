package io.terraorbit.foundation.harness.kube.internal.status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every way in which the server says no, with the texts of {@code k8s.io/apimachinery}. */
public final class Refusals {
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private static final int SUMMARY_BYTES = 30;

  private Refusals() {}

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, Map.of());
  }

  /** A body that cannot be read as the object that it should be. */
  public static ApiException unrecognized(String kind, String why, byte[] body) {
    return badRequest(
        "the object provided is unrecognized (must be of type %s): %s (%s)"
            .formatted(kind, why, summary(body)));
  }

  /** The first bytes of a body, in hexadecimal digits unless they may be JSON. */
  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    String rest = body.length > SUMMARY_BYTES ? " ..." : "";
    byte[] shown = Arrays.copyOf(body, Math.min(body.length, SUMMARY_BYTES));
    return (body[0] == '{'
            ? new String(shown, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(shown))
        + rest;
  }

  public static ApiException unauthorized() {
    return new ApiException(401, "Unauthorized", "Unauthorized", Map.of());
  }

  public static ApiException forbidden(Subject subject, String why) {
    return forbidden(subject, why, List.of());
  }

  private static ApiException forbidden(Subject subject, String why, List<Object> causes) {
    Map<String, Object> details = subject.details(subject.resource());
    if (!causes.isEmpty()) {
      details.put("causes", causes);
    }
    return new ApiException(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: %s".formatted(subject.qualified(), subject.name(), why),
        details);
  }

  /** Of a request that may concern no object, or no resource at all. */
  public static ApiException denied(Subject subject, String why) {
    String about = subject.qualified();
    if (!about.isEmpty() && !subject.name().isEmpty()) {
      about = "%s \"%s\"".formatted(about, subject.name());
    }
    return new ApiException(
        403,
        "Forbidden",
        about.isEmpty() ? "forbidden: " + why : "%s is forbidden: %s".formatted(about, why),
        about.isEmpty() ? Map.of() : subject.details(subject.resource()));
  }

  public static ApiException namespaceTerminating(Subject subject, String namespace) {
    return forbidden(
        subject,
        "unable to create new content in namespace %s because it is being terminated"
            .formatted(namespace),
        List.of(
            Causes.cause(
                "NamespaceTerminating",
                "namespace %s is being terminated".formatted(namespace),
                "metadata.namespace")));
  }

  public static ApiException notFound(Subject subject) {
    return new ApiException(
        404,
        "NotFound",
        "%s \"%s\" not found".formatted(subject.qualified(), subject.name()),
        subject.details(subject.resource()));
  }

  /** The resource itself is unknown. */
  public static ApiException noSuchResource() {
    return ApiException.generic(
        404, "NotFound", "the server could not find the requested resource");
  }

  public static ApiException methodNotAllowed() {
    return ApiException.generic(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  public static ApiException notAcceptable() {
    return new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json, application/yaml",
        Map.of());
  }

  /**
   * As {@link #notAcceptable}, where the real server's router says so before any handler.
   *
   * @param available the media types that there are
   */
  public static ApiException nothingAcceptable(String available) {
    return ApiException.generic(
        406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: " + available);
  }

  /** A body of a type that the real server's router knows no handler for. */
  public static ApiException unknownMediaType() {
    return ApiException.generic(415, "UnsupportedMediaType", "415: Unsupported Media Type");
  }

  /** The answer has no such form as was asked for. */
  public static ApiException notTransformable(String why) {
    return new ApiException(406, "NotAcceptable", why, Map.of());
  }

  public static ApiException alreadyExists(Subject subject, boolean terminating) {
    return new ApiException(
        409,
        "AlreadyExists",
        "%s%s \"%s\" already exists"
            .formatted(
                terminating ? "object is being deleted: " : "",
                subject.qualified(),
                subject.name()),
        subject.details(subject.resource()));
  }

  /** The optimistic lock failed. */
  public static ApiException modified(Subject subject) {
    return conflict(subject, MODIFIED);
  }

  public static ApiException conflict(Subject subject, String why) {
    return conflict(subject, why, subject.resource(), subject.qualified());
  }

  /** Of a precondition of a delete, which the real server words with the kind. */
  public static ApiException deleteConflict(Subject subject, String why) {
    return conflict(subject, why, subject.kind(), subject.qualifiedKind());
  }

  private static ApiException conflict(
      Subject subject, String why, String kindField, String shown) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(shown, subject.name(), why),
        subject.details(kindField));
  }

  public static ApiException expired(String message) {
    return new ApiException(410, "Expired", message, Map.of());
  }

  public static ApiException tooOldResourceVersion(long asked, long oldest) {
    return expired("too old resource version: %d (%d)".formatted(asked, oldest));
  }

  public static ApiException tooLarge(long most) {
    return new ApiException(
        413,
        "RequestEntityTooLarge",
        "Request entity too large: limit is %d".formatted(most),
        Map.of());
  }

  public static ApiException tooManyOperations(long met, long most) {
    return new ApiException(
        413,
        "RequestEntityTooLarge",
        "Request entity too large: The allowed maximum operations in a JSON patch is %d, got %d"
            .formatted(most, met),
        Map.of());
  }

  public static ApiException unsupportedMediaType(List<String> accepted) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", accepted),
        Map.of());
  }

  public static ApiException invalid(Subject subject, List<FieldError> errors) {
    Map<String, Object> details = subject.details(subject.kind());
    details.put("causes", errors.stream().map(FieldError::cause).toList());
    return new ApiException(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s"
            .formatted(subject.qualifiedKind(), subject.name(), FieldError.text(errors)),
        details);
  }

  /** Options of a request, such as {@code DeleteOptions}, are wrong. */
  public static ApiException invalidOptions(String kind, FieldError... errors) {
    return invalid(new Subject("meta.k8s.io", "", kind, ""), List.of(errors));
  }

  /** A JSON patch does not fit the object. */
  public static ApiException unprocessable() {
    return ApiException.generic(
        422, "Invalid", "the server rejected our request due to an error in our request");
  }

  public static ApiException tooManyRequests(long retryAfterSeconds) {
    return new ApiException(
        429,
        "TooManyRequests",
        "too many requests, please try again later",
        Map.of("retryAfterSeconds", retryAfterSeconds));
  }

  /** A Pod may not go yet; {@code retryAfterSeconds} of 0 says nothing of when it may. */
  public static ApiException disruption(String why, long retryAfterSeconds) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("causes", List.of(Causes.cause("DisruptionBudget", why, "")));
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    return new ApiException(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        details);
  }

  /**
   * The few refusals that a real server answers with 500 and no reason. A defect is {@link
   * #internal(Throwable)}: by the reason, tests tell one from the other.
   */
  public static ApiException bare(String message) {
    return new ApiException(500, "", message, Map.of());
  }

  /** A request that failed by a defect of the server or for want of memory or stack. */
  public static ApiException internal(Throwable defect) {
    String why = defect.getMessage();
    return internal(why == null ? defect.getClass().getSimpleName() : why);
  }

  public static ApiException internal(String what) {
    return new ApiException(
        500,
        "InternalError",
        "Internal error occurred: " + what,
        Map.of("causes", List.of(Causes.cause("", what, ""))));
  }

  /** What this server does not do, and says so. */
  public static ApiException notImplemented(String feature) {
    return new ApiException(
        501,
        "NotImplemented",
        "the embedded Kubernetes API does not implement " + feature,
        Map.of("causes", List.of(Causes.cause("FeatureNotImplemented", feature, ""))));
  }

  public static ApiException unavailable() {
    return unavailable(1);
  }

  public static ApiException unavailable(long retryAfterSeconds) {
    return new ApiException(
        503,
        "ServiceUnavailable",
        "the server is currently unable to handle the request",
        Map.of("retryAfterSeconds", retryAfterSeconds));
  }

  public static ApiException timeout(String why) {
    return timeout(why, 1);
  }

  public static ApiException timeout(String why, long retryAfterSeconds) {
    return new ApiException(
        504, "Timeout", "Timeout: " + why, Map.of("retryAfterSeconds", retryAfterSeconds));
  }

  /** Unlike {@link #timeout}, of HTTP status 500. */
  public static ApiException serverTimeout(
      Subject subject, String operation, long retryAfterSeconds) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", operation);
    if (!subject.group().isEmpty()) {
      details.put("group", subject.group());
    }
    details.put("kind", subject.resource());
    details.put("retryAfterSeconds", retryAfterSeconds);
    return new ApiException(
        500,
        "ServerTimeout",
        "The %s operation against %s could not be completed at this time, please try again."
            .formatted(operation, subject.qualified()),
        details);
  }

  public static ApiException futureResourceVersion(long asked, long current) {
    String why = "Too large resource version: %d, current: %d".formatted(asked, current);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(
        "causes",
        List.of(Causes.cause("ResourceVersionTooLarge", "Too large resource version", "")));
    details.put("retryAfterSeconds", 1L);
    return new ApiException(504, "Timeout", "Timeout: " + why, details);
  }
}
