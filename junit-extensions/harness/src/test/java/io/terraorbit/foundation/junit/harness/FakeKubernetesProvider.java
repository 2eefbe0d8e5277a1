package io.terraorbit.foundation.junit.harness;

import com.sun.net.httpserver.HttpServer;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.Backend;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out namespaces and answers 404 to everything, and remembers what it was asked. */
public final class FakeKubernetesProvider implements BackendProvider {
  @Override
  public Service service() {
    return Service.KUBERNETES;
  }

  @Override
  public String kind() {
    return "embedded";
  }

  @Override
  public Backend start(BackendOptions options) {
    try {
      return new Fake();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final class Fake implements KubernetesBackend {
    final List<String> namespaces = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger created = new AtomicInteger();
    private final HttpServer server;
    volatile boolean refusesToDelete;

    Fake() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            requests.add(
                "%s %s %s"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          });
      server.start();
    }

    @Override
    public Service service() {
      return Service.KUBERNETES;
    }

    @Override
    public String kind() {
      return "embedded";
    }

    @Override
    public String version() {
      return "fake";
    }

    @Override
    public Endpoint endpoint() {
      return Endpoint.loopback(server.getAddress().getPort());
    }

    @Override
    public String url(Endpoint via) {
      return "http://" + via;
    }

    @Override
    public String token(String user) {
      return "token-of-" + user;
    }

    @Override
    public String createNamespace(String hint) {
      String namespace = hint.toLowerCase(java.util.Locale.ROOT) + "-" + created.incrementAndGet();
      namespaces.add(namespace);
      return namespace;
    }

    @Override
    public void deleteNamespace(String name) {
      if (refusesToDelete) {
        throw new IllegalStateException("the namespace is stuck");
      }
      namespaces.remove(name);
    }

    @Override
    public Optional<ApiControl> control() {
      return Optional.empty();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
