package io.terraorbit.foundation.benchmarks;

import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A started server, ours or the peer's, on plain HTTP. */
record Servers(URI url, Runnable running) implements AutoCloseable {
  private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

  static Servers ours() {
    KubeApiServer server = KubeApiServer.start();
    return new Servers(URI.create("http://127.0.0.1:" + server.url().getPort()), server::close);
  }

  /** fabric8's mock server in CRUD mode, without its log of every request. */
  static Servers fabric8Mock() {
    MOCK_LOG.setLevel(Level.OFF);
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            responses,
            new KubernetesMixedDispatcher(responses),
            false);
    server.init();
    return new Servers(URI.create("http://127.0.0.1:" + server.getPort()), server::destroy);
  }

  @Override
  public void close() {
    running.run();
  }
}
