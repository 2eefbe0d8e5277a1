package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.environment.Backend;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.Service;
import org.apiguardian.api.API;

/** Starts a {@link KubeApiServer} as the backend {@code embedded} of {@code kubernetes}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class EmbeddedKubernetesProvider implements BackendProvider {
  @Override
  public Service service() {
    return Service.KUBERNETES;
  }

  @Override
  public String kind() {
    return EnvironmentPlan.DEFAULT_KIND;
  }

  @Override
  public Backend start(BackendOptions options) {
    return new EmbeddedKubernetes(
        KubeApiServer.builder().port(options.port().orElse(0)).time(options.time()).start());
  }
}
