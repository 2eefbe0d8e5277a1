package io.terraorbit.foundation.benchmarks;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Our server beside a real one that a kubeconfig names: one client each, over TLS and HTTP/1.1, the
 * calls of the two by turns. Printed and never asserted; the real one keeps its objects on a disk.
 */
final class BesideReal {
  private static final int WARM_UP = 300;
  private static final int CALLS = 600;
  private static final int KEPT = 1_000;
  private static final String SELECTED = "?labelSelector=app%3Dbench";

  private BesideReal() {}

  /** Makes ConfigMaps labelled {@code app=bench} in the default namespace, and deletes them. */
  static void print(Path kubeconfig)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path own = Files.createTempFile("benchmark-", ".kubeconfig");
    try (KubeApiServer server = KubeApiServer.start()) {
      server.writeKubeconfig(own, "bench");
      Side ours = Side.of(own);
      Side real = Side.of(kubeconfig);
      System.out.printf("%n%-30s %10s %10s %8s%n", "median over TLS", "ours", "real", "ratio");
      try {
        ours.fill();
        real.fill();
        for (Operation operation : Operation.values()) {
          compare(operation, ours, real);
        }
      } finally {
        real.clear();
      }
    } finally {
      Files.delete(own);
    }
  }

  private static void compare(Operation operation, Side ours, Side real)
      throws IOException, InterruptedException {
    List<Double> mine = new ArrayList<>();
    List<Double> its = new ArrayList<>();
    for (int i = 0; i < WARM_UP + CALLS; i++) {
      double first = ours.time(operation, i);
      double second = real.time(operation, i);
      if (i >= WARM_UP) {
        mine.add(first);
        its.add(second);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-30s %7.2f ms %7.2f ms %8.2f%n",
        operation.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        Gate.median(mine),
        Gate.median(its),
        Gate.median(mine) / Gate.median(its));
  }

  private enum Operation {
    GET("GET", "/bench-7", "", ""),
    LIST_OF_1000("GET", SELECTED + "&limit=1000", "", ""),
    CREATE("POST", "", "application/json", Caller.configMap("bench-made-%d", "v")),
    UPDATE("PUT", "/bench-7", "application/json", Caller.configMap("bench-7", "%d")),
    MERGE_PATCH("PATCH", "/bench-7", "application/merge-patch+json", "{\"data\":{\"k\":\"p%d\"}}");

    private final String method;
    private final String path;
    private final String type;
    private final String body;

    Operation(String method, String path, String type, String body) {
      this.method = method;
      this.path = path;
      this.type = type;
      this.body = body;
    }
  }

  private record Side(HttpClient client, URI maps, String authorization) {
    static Side of(Path kubeconfig) throws IOException, GeneralSecurityException {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      return new Side(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(SSLUtils.sslContext(config))
              .build(),
          URI.create(config.getMasterUrl()).resolve(Caller.MAPS),
          "Bearer " + token(config));
    }

    private static String token(Config config) {
      return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    void fill() throws IOException, InterruptedException {
      clear();
      for (int i = 0; i < KEPT; i++) {
        send("POST", "", "application/json", Caller.configMap("bench-" + i, "v"));
      }
    }

    void clear() throws IOException, InterruptedException {
      send("DELETE", SELECTED, "", "");
    }

    double time(Operation operation, int turn) throws IOException, InterruptedException {
      long began = System.nanoTime();
      send(
          operation.method,
          operation.path,
          operation.type,
          operation.body.replace("%d", Integer.toString(turn)));
      return (System.nanoTime() - began) / 1e6;
    }

    private void send(String method, String path, String type, String body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(maps + path))
              .header("Authorization", authorization)
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      int code = client.send(request.build(), BodyHandlers.ofByteArray()).statusCode();
      if (code >= 300) {
        throw new IllegalStateException("%s %s%s gave %d".formatted(method, maps, path, code));
      }
    }
  }
}
