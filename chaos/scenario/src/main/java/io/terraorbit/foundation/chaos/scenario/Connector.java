package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.kubernetes.DynamicClient;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.KubeClientSettings;

/** Connects the runner itself to a Kubernetes API. */
@FunctionalInterface
interface Connector {
  /** Connects as the user; not through a fault proxy. */
  Connection connect(KubernetesBackend backend, String user);

  /** A connection that whoever asked for it closes. */
  record Connection(DynamicClient objects, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Over HTTP. */
  static Connector http() {
    return (backend, user) -> {
      KubeClient client =
          KubeClient.connect(
              KubeClientSettings.of(backend.url(backend.endpoint()), backend.token(user))
                  .withUserAgent(user));
      return new Connection(client.dynamic(), client::close);
    };
  }
}
