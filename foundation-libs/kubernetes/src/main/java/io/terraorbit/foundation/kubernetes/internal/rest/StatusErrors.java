package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Turns a refusal into the one error model: by the reason of its Status, else by HTTP status. */
public final class StatusErrors {
  private static final int SHOWN_CHARS = 120;

  private StatusErrors() {}

  static AppException of(RestAnswer answer) {
    Map<String, Object> status = parse(answer.body());
    return status.isEmpty()
        ? notAStatus(answer)
        : of(answer.request().toString(), answer.status(), status);
  }

  /** The failure that a Status tells of, be it an answer or the last line of a watch. */
  public static AppException of(String request, int httpStatus, Map<String, Object> status) {
    String message = Values.string(status, "message").orElse("no message");
    String name = Values.string(status, "reason").orElse("");
    Reason reason = Reason.named(name).or(() -> Reason.ofHttpStatus(httpStatus)).orElse(null);
    String found = "%s was refused: %s".formatted(request, message);
    String said =
        "The server answered %d%s".formatted(httpStatus, name.isEmpty() ? "" : " " + name);
    return reason == null
        ? AppException.of(
            ErrorKind.ofHttpStatus(httpStatus),
            "KUBE_HTTP_" + httpStatus,
            found,
            said,
            "Look up what the server means by it.")
        : AppException.of(reason.kind(), reason.code(), found, said, reason.remedy());
  }

  static boolean isStatus(byte[] body) {
    return !parse(body).isEmpty();
  }

  private static AppException notAStatus(RestAnswer answer) {
    return AppException.of(
        ErrorKind.ofHttpStatus(answer.status()),
        "KUBE_NOT_A_STATUS",
        "%s was answered with %d and %s"
            .formatted(answer.request(), answer.status(), describe(answer)),
        "A Kubernetes API answers failures with a JSON Status",
        "Check that the URL is that of a Kubernetes API which serves this resource, and what"
            + " stands between.");
  }

  private static String describe(RestAnswer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    String type = answer.contentType().isEmpty() ? "no content type" : answer.contentType();
    if (text.isEmpty()) {
      return "an empty body";
    }
    String shown = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    return "%s: '%s'".formatted(type, shown);
  }

  private static Map<String, Object> parse(byte[] body) {
    try {
      Map<String, Object> object = Json.readObject(body);
      return "Status".equals(object.get("kind")) ? object : Map.of();
    } catch (JsonSyntaxException e) {
      return Map.of();
    }
  }
}
