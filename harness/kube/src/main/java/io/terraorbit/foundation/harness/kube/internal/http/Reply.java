package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What goes back to a client. */
sealed interface Reply {
  /**
   * A whole answer.
   *
   * @param retryAfterSeconds 0 for no such header
   * @param warnings texts for headers of that name
   */
  record Answer(
      int code, String contentType, Bytes body, long retryAfterSeconds, List<String> warnings)
      implements Reply {}

  /**
   * A stream of events, until the watch ends.
   *
   * @param shape brings each event's object into the form that was asked for; for one reader
   */
  record Stream(
      LiveWatch watch,
      long timeoutSeconds,
      boolean bookmarks,
      UnaryOperator<Map<String, Object>> shape)
      implements Reply {}

  /**
   * Nothing yet: the reply is made after a while, by a worker.
   *
   * @param next makes it; throws nothing
   */
  record Later(Duration delay, Supplier<Reply> next) implements Reply {}

  /** No answer at all: the connection is closed. */
  record Silence() implements Reply {}

  static Answer json(int code, Object body) {
    return json(code, body, List.of());
  }

  static Answer json(int code, Object body, List<String> warnings) {
    return new Answer(code, "application/json", new Bytes(Json.write(body)), 0, warnings);
  }

  /** An object in whichever of JSON and YAML the client would rather have. */
  static Answer object(WireRequest request, int code, Object body, List<String> warnings) {
    return Accepts.prefersYaml(request.header("accept"))
        ? new Answer(code, "application/yaml", new Bytes(Yaml.write(body)), 0, warnings)
        : json(code, body, warnings);
  }

  static Answer text(int code, String text) {
    return new Answer(
        code,
        "text/plain; charset=utf-8",
        new Bytes(text.getBytes(StandardCharsets.UTF_8)),
        0,
        List.of());
  }

  /** Nothing is there, and no kind of object could be. */
  static Answer pageNotFound() {
    return text(404, "404 page not found\n");
  }

  static Answer refusal(ApiException refusal) {
    return new Answer(
        refusal.code(),
        "application/json",
        new Bytes(Json.write(refusal.status())),
        refusal.retryAfterSeconds(),
        List.of());
  }
}
