package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.Locale;
import java.util.Optional;

/** A server of ours, as an environment sees it. */
final class EmbeddedKubernetes implements KubernetesBackend {
  private final KubeApiServer server;

  EmbeddedKubernetes(KubeApiServer server) {
    this.server = server;
  }

  @Override
  public Service service() {
    return Service.KUBERNETES;
  }

  @Override
  public String kind() {
    return EnvironmentPlan.DEFAULT_KIND;
  }

  @Override
  public String version() {
    return server.version();
  }

  @Override
  public Endpoint endpoint() {
    return Endpoint.loopback(server.url().getPort());
  }

  @Override
  public String url(Endpoint via) {
    return "http://" + via;
  }

  @Override
  public String token(String user) {
    return server.token(user);
  }

  @Override
  public String createNamespace(String hint) {
    String readable =
        hint.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "").replaceAll("^-+", "");
    return server.namespaces().create(readable.isEmpty() ? "test-" : readable + "-");
  }

  @Override
  public void deleteNamespace(String name) {
    server.namespaces().delete(name);
  }

  @Override
  public Optional<ApiControl> control() {
    return Optional.of(server.control());
  }

  @Override
  public void close() {
    server.close();
  }
}
