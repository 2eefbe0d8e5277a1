package io.terraorbit.foundation.benchmarks;

import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One client on one connection, over plain HTTP on loopback: our API server beside fabric8's mock
 * server in CRUD mode. Both are asked by the same client, whose cost is in both figures.
 */
@State(Scope.Thread)
public class KubeBench {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private KubeApiServer ours;
  private KubernetesMockServer peer;
  private URI oursBase;
  private URI peerBase;
  private int created;

  @Setup(Level.Iteration)
  public void open() throws IOException, InterruptedException {
    ours = KubeApiServer.start();
    oursBase = ours.url();
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    peer =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            responses,
            new KubernetesMixedDispatcher(responses),
            false);
    peer.init();
    peerBase = URI.create("http://127.0.0.1:" + peer.getPort());
    for (URI base : new URI[] {oursBase, peerBase}) {
      for (int i = 0; i < 100; i++) {
        post(base, "kept-" + i);
      }
    }
  }

  @TearDown(Level.Iteration)
  public void close() {
    ours.close();
    peer.destroy();
  }

  @Benchmark
  public int oursGet() throws IOException, InterruptedException {
    return get(oursBase, MAPS + "/kept-7");
  }

  @Benchmark
  public int fabric8MockGet() throws IOException, InterruptedException {
    return get(peerBase, MAPS + "/kept-7");
  }

  @Benchmark
  public int oursListHundred() throws IOException, InterruptedException {
    return get(oursBase, MAPS + "?labelSelector=kept%3Dyes");
  }

  @Benchmark
  public int fabric8MockListHundred() throws IOException, InterruptedException {
    return get(peerBase, MAPS + "?labelSelector=kept%3Dyes");
  }

  @Benchmark
  public int oursCreate() throws IOException, InterruptedException {
    return create(oursBase);
  }

  @Benchmark
  public int fabric8MockCreate() throws IOException, InterruptedException {
    return create(peerBase);
  }

  private int create(URI base) throws IOException, InterruptedException {
    created++;
    return post(base, "made-" + created);
  }

  private int post(URI base, String name) throws IOException, InterruptedException {
    String label = name.startsWith("kept") ? "yes" : "no";
    String body =
        """
        {"apiVersion":"v1","kind":"ConfigMap",\
        "metadata":{"name":"%s","labels":{"kept":"%s"}},"data":{"k":"v"}}"""
            .formatted(name, label);
    return send(
        HttpRequest.newBuilder(base.resolve(MAPS))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private int get(URI base, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)).build());
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
