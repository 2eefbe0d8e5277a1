package io.terraorbit.foundation.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** One client on one connection, whose cost is in the figures of both sides. */
final class Caller {
  static final String MAPS = "/api/v1/namespaces/default/configmaps";
  static final String PODS = "/api/v1/namespaces/default/pods";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  int get(URI base, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)).build());
  }

  int create(URI base, String path, String body) throws IOException, InterruptedException {
    return write(base, "POST", path, "application/json", body);
  }

  int write(URI base, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  static String configMap(String name, String value) {
    return """
        {"apiVersion":"v1","kind":"ConfigMap",\
        "metadata":{"name":"%s","labels":{"app":"bench"}},"data":{"k":"%s"}}"""
        .formatted(name, value);
  }

  static String pod(int number) {
    return """
        {"apiVersion":"v1","kind":"Pod",\
        "metadata":{"name":"web-%05d","labels":{"app":"web","tier":"front"}},\
        "spec":{"containers":[{"name":"web","image":"registry.example/web:1.2.3",\
        "ports":[{"containerPort":8080}],"env":[{"name":"MODE","value":"fast"}],\
        "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}"""
        .formatted(number);
  }

  private int send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          request.method() + " " + request.uri() + " gave " + response.statusCode());
    }
    return response.body().length;
  }
}
