package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A client of nothing but the JDK, for one user. */
final class Api {
  static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  static final String MERGE = "application/merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final URI url;
  private final String token;
  private final HttpClient http;

  Api(KubeApiServer server, String user) {
    this(server.url(), server.token(user));
  }

  Api(URI url, String token) {
    this(url, token, HTTP);
  }

  Api(URI url, String token, HttpClient http) {
    this.url = url;
    this.token = token;
    this.http = http;
  }

  Answer get(String path) {
    return send("GET", path, "", "");
  }

  Answer post(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, "application/json", body);
  }

  Answer merge(String path, String body) {
    return send("PATCH", path, MERGE, body);
  }

  Answer jsonPatch(String path, String body) {
    return send("PATCH", path, JSON_PATCH, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "", "");
  }

  Answer delete(String path, String body) {
    return send("DELETE", path, "application/json", body);
  }

  Answer send(String method, String path, String contentType, String body) {
    try {
      return exchange(method, path, contentType, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer exchange(String method, String path, String contentType, String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        request(path)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.setHeader("Content-Type", contentType);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gets in another form than plain JSON. */
  Answer getAs(String accept, String path) {
    try {
      return exchange("GET", path, "", "", "Accept", accept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a watch; each line is an event. */
  Watch watch(String path) {
    return watchAs("application/json", path);
  }

  /** Begins a watch whose objects are in another form. */
  Watch watchAs(String accept, String path) {
    return stream(accept, path + (path.contains("?") ? "&" : "?") + "watch=true");
  }

  /** Begins a watch of exactly this path. */
  Watch stream(String accept, String path) {
    try {
      HttpResponse<Stream<String>> response =
          http.send(
              request(path).setHeader("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofLines());
      return new Watch(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(DEADLINE);
    return token.isEmpty() ? request : request.setHeader("Authorization", "Bearer " + token);
  }

  static String configMap(String name, String value) {
    return "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"%s\"}}".formatted(name, value);
  }

  record Answer(int code, String text, HttpResponse<String> response) {
    Answer(HttpResponse<String> response) {
      this(response.statusCode(), response.body(), response);
    }

    Map<String, Object> body() {
      return Json.readObject(text);
    }

    /** The text without the authority's certificate, whose key no seed decides. */
    String repeatable() {
      return text.replaceAll("BEGIN CERTIFICATE[^\"]*END CERTIFICATE", "");
    }

    String at(String... path) {
      return Values.at(body(), path).map(String::valueOf).orElse("");
    }

    String message() {
      return at("message");
    }

    String reason() {
      return at("reason");
    }

    List<Object> items() {
      return Values.listAt(body(), "items");
    }

    List<String> names() {
      return items().stream()
          .map(item -> Values.string(item, "metadata", "name").orElse(""))
          .toList();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  record Watch(int code, Iterator<String> lines, Stream<String> stream) implements AutoCloseable {
    Watch(int code, Stream<String> stream) {
      this(code, stream.iterator(), stream);
    }

    Map<String, Object> next() {
      return Json.readObject(lines.next());
    }

    /** The next event, shortened to its type and name. */
    String brief() {
      Map<String, Object> event = next();
      return Values.string(event, "type").orElse("")
          + " "
          + Values.string(event, "object", "metadata", "name").orElse("");
    }

    boolean ended() {
      return !lines.hasNext();
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
