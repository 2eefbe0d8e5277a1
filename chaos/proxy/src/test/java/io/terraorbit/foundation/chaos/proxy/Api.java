package io.terraorbit.foundation.chaos.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the HTTP control API that shows answers as a transcript does. */
final class Api {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Api(ChaosProxy server) {
    base = URI.create("http://127.0.0.1:" + server.apiPort());
  }

  /** Status, a blank, and the body. */
  String call(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = raw(method, path, body);
    return (response.statusCode() + " " + response.body()).strip();
  }

  String call(String method, String path) throws IOException, InterruptedException {
    return call(method, path, "");
  }

  HttpResponse<String> raw(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
