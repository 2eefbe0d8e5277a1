package io.terraorbit.foundation.errors;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * One failure of the world, told in three parts. Immutable.
 *
 * @param kind what a caller may conclude
 * @param code stable name of this failure, upper case with underscores, such as {@code
 *     SCENARIO_KEY_UNKNOWN}; one per way to fail, never reused
 * @param found what was met, with the user's own names, file and line
 * @param expected what would have been right, or what is known about it
 * @param remedy what to do now
 * @param details what it says to programs beside that
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AppError(
    ErrorKind kind,
    String code,
    String found,
    String expected,
    String remedy,
    ErrorDetails details) {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  public AppError {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "an error code is upper case words joined by underscores, got '%s'".formatted(code));
    }
  }

  /** An error without details. */
  public AppError(ErrorKind kind, String code, String found, String expected, String remedy) {
    this(kind, code, found, expected, remedy, ErrorDetails.none());
  }

  /** How long to wait before the same call, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(details.retryAfter());
  }

  /** The fields of the request that were wrong; empty for most errors. */
  public List<FieldViolation> violations() {
    return details.violations();
  }

  public AppError with(ErrorDetails other) {
    return new AppError(kind, code, found, expected, remedy, other);
  }

  /**
   * Says who defined the code.
   *
   * @param domain such as {@code orders.example.com}
   */
  public AppError withDomain(String domain) {
    return with(
        new ErrorDetails(
            domain,
            details.attributes(),
            details.violations(),
            details.retryAfter(),
            details.help()));
  }

  /** Adds a fact, in place of one of the same name. It goes to callers: nothing secret. */
  public AppError withAttribute(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(details.attributes());
    more.put(name, value);
    return with(
        new ErrorDetails(
            details.domain(), more, details.violations(), details.retryAfter(), details.help()));
  }

  /** Adds wrong fields after those that it has. */
  public AppError withViolations(List<FieldViolation> more) {
    List<FieldViolation> all = new ArrayList<>(details.violations());
    all.addAll(more);
    return with(
        new ErrorDetails(
            details.domain(), details.attributes(), all, details.retryAfter(), details.help()));
  }

  /**
   * Says when the same call is worth another try.
   *
   * @param wait zero or more
   */
  public AppError withRetryAfter(Duration wait) {
    return with(
        new ErrorDetails(
            details.domain(), details.attributes(), details.violations(), wait, details.help()));
  }

  public AppError withHelp(URI help) {
    return with(
        new ErrorDetails(
            details.domain(),
            details.attributes(),
            details.violations(),
            details.retryAfter(),
            help));
  }

  /**
   * The text that users read: {@code CODE: found. expected.}, a line for each wrong field, and the
   * remedy on a line of its own.
   */
  public String message() {
    StringBuilder text = new StringBuilder(code).append(": ").append(sentence(found));
    if (!expected.isEmpty()) {
      text.append(' ').append(sentence(expected));
    }
    String line = System.lineSeparator();
    details.violations().forEach(violation -> text.append(line).append("  ").append(violation));
    return text.append(line).append(remedy).toString();
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
  }
}
