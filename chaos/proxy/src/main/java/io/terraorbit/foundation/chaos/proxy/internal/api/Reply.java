package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the API.
 *
 * @param contentType null when there is no body
 */
record Reply(int status, @Nullable String contentType, String body) {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  static Reply json(int status, Object value) {
    return new Reply(status, JSON, GoJson.text(value));
  }

  static Reply version(String version) {
    return new Reply(
        200, "application/json;charset=utf-8", "{\"version\": \"%s\"}\n".formatted(version));
  }

  static Reply empty(int status) {
    return new Reply(status, null, "");
  }

  /** As Go's http.Error, which ends the text with a newline. */
  static Reply text(int status, String text) {
    return new Reply(status, TEXT, text + "\n");
  }

  /** JSON, but announced as text: Toxiproxy sends its errors so. */
  static Reply failure(ApiFailure failure) {
    return text(failure.status(), GoJson.text(error(failure)));
  }

  /** The one call whose errors are announced as JSON, with what was done before the failure. */
  static Reply populated(List<ProxyView> proxies, @Nullable ApiFailure failure) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (failure != null) {
      json.putAll(error(failure));
    }
    json.put("proxies", proxies.isEmpty() ? null : proxies.stream().map(ProxyView::json).toList());
    return json(failure == null ? 201 : failure.status(), json);
  }

  boolean isText() {
    return TEXT.equals(contentType);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> error(ApiFailure failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("error", failure.text());
    json.put("status", failure.status());
    return json;
  }
}
