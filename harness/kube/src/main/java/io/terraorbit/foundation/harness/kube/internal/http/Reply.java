package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.http.Outgoing.Header;
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
   * @param contentType empty for no such header
   * @param headers further ones; one that every answer has is replaced by one of its name
   * @param warnings texts for headers of that name
   */
  record Answer(
      int code, String contentType, Bytes body, List<Header> headers, List<String> warnings)
      implements Reply {
    public Answer {
      headers = List.copyOf(headers);
    }

    /** The same answer with other warnings. */
    Answer warning(List<String> others) {
      return new Answer(code, contentType, body, headers, others);
    }
  }

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
    return new Answer(code, "application/json", new Bytes(Json.write(body)), List.of(), warnings);
  }

  /** An object in whichever of JSON and YAML the client would rather have. */
  static Answer object(WireRequest request, int code, Object body, List<String> warnings) {
    return object(Accepts.prefersYaml(request.header("accept")), code, body, warnings);
  }

  static Answer object(boolean yaml, int code, Object body, List<String> warnings) {
    return yaml
        ? new Answer(code, "application/yaml", new Bytes(Yaml.write(body)), List.of(), warnings)
        : json(code, body, warnings);
  }

  static Answer text(int code, String text) {
    return new Answer(
        code,
        "text/plain; charset=utf-8",
        new Bytes(text.getBytes(StandardCharsets.UTF_8)),
        List.of(new Header("X-Content-Type-Options", "nosniff")),
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
        refusal.retryAfterSeconds() == 0
            ? List.of()
            : List.of(new Header("Retry-After", String.valueOf(refusal.retryAfterSeconds()))),
        List.of());
  }
}
