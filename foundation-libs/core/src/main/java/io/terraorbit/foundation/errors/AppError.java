package io.terraorbit.foundation.errors;

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
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AppError(ErrorKind kind, String code, String found, String expected, String remedy) {
  public AppError {
    if (!code.matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")) {
      throw new IllegalArgumentException(
          "an error code is upper case words joined by underscores, got '%s'".formatted(code));
    }
  }

  /** The text that users read: {@code CODE: found. expected. remedy.} on two lines. */
  public String message() {
    return "%s: %s%s%n%s"
        .formatted(
            code, sentence(found), expected.isEmpty() ? "" : " " + sentence(expected), remedy);
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
  }
}
