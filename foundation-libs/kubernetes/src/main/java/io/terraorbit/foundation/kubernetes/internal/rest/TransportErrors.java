package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The ways in which a request gets no answer, or none that can be used. */
public final class TransportErrors {
  static final String CONNECTION_LOST = "KUBE_CONNECTION_LOST";

  private TransportErrors() {}

  static AppException unreachable(RestRequest request, Duration took, Throwable cause) {
    return error(
        ErrorKind.UNAVAILABLE,
        "KUBE_UNREACHABLE",
        "%s found no connection after %d ms: %s".formatted(request, took.toMillis(), text(cause)),
        "Nothing was sent",
        "Check the address and that the API is up, then send it again.",
        cause);
  }

  static AppException connectionLost(RestRequest request, Duration took, Throwable cause) {
    return error(
        ErrorKind.UNAVAILABLE,
        CONNECTION_LOST,
        "%s lost its connection after %d ms: %s".formatted(request, took.toMillis(), text(cause)),
        "A write may or may not have happened",
        "Read what is there now, then decide anew.",
        cause);
  }

  static AppException timeout(RestRequest request, Duration took, Throwable cause) {
    return error(
        ErrorKind.DEADLINE_EXCEEDED,
        "KUBE_TIMEOUT",
        "%s had no whole answer after %d ms".formatted(request, took.toMillis()),
        "A write may or may not have happened",
        "Read what is there now, then decide anew; raise callTimeout if the API is always slow.",
        cause);
  }

  static AppException interrupted(RestRequest request, Throwable cause) {
    return error(
        ErrorKind.CANCELLED,
        "KUBE_INTERRUPTED",
        "%s was given up because its thread was interrupted".formatted(request),
        "A write may or may not have happened",
        "End the thread, as whoever interrupted it wants.",
        cause);
  }

  static AppException closed(RestRequest request, @Nullable Throwable cause) {
    return error(
        ErrorKind.CANCELLED,
        "KUBE_CLIENT_CLOSED",
        "%s was called on, or cut short by, a closed client".formatted(request),
        "A closed client sends nothing",
        "End what uses the client before the client.",
        cause);
  }

  static AppException tooLarge(RestRequest request, long maxBytes) {
    return AppException.of(
        ErrorKind.OUT_OF_RANGE,
        "KUBE_ANSWER_TOO_LARGE",
        "%s was answered with more than %d bytes".formatted(request, maxBytes),
        "More than that is not read, for memory's sake",
        "Ask for less: a smaller limit, a selector, a namespace.");
  }

  /** The answer is a success by its status, but not the JSON that it should be. */
  public static AppException malformed(String request, String wanted, Throwable cause) {
    return error(
        ErrorKind.INTERNAL,
        "KUBE_ANSWER_MALFORMED",
        "%s was answered with something that is no %s: %s".formatted(request, wanted, text(cause)),
        "A Kubernetes API answers with the JSON of the kind that was asked for",
        "Compare the model class with what the server serves.",
        cause);
  }

  private static AppException error(
      ErrorKind kind,
      String code,
      String found,
      String expected,
      String remedy,
      @Nullable Throwable cause) {
    return new AppException(new AppError(kind, code, found, expected, remedy), cause);
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
