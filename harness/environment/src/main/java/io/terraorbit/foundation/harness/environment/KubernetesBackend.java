package io.terraorbit.foundation.harness.environment;

import java.util.Optional;
import org.apiguardian.api.API;

/** A Kubernetes API server. Safe for many threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface KubernetesBackend extends Backend {
  /** The URL of the API, reached through {@code via}; it ends without a slash. */
  String url(Endpoint via);

  /** A bearer token that makes its bearer {@code user}; the same user gets the same token. */
  String token(String user);

  /**
   * Makes a namespace with a name of its own.
   *
   * @param hint words that make the name readable; all but letters, digits and hyphens is dropped
   */
  String createNamespace(String hint);

  /** Deletes a namespace with all that is in it; returns when the deletion is accepted. */
  void deleteNamespace(String name);

  /** Observing and disturbing the API; empty on a server that is not ours to disturb. */
  Optional<ApiControl> control();
}
