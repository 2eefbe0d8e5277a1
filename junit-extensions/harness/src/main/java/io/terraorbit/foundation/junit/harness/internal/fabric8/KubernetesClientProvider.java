package io.terraorbit.foundation.junit.harness.internal.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.junit.harness.KubernetesEnv;
import io.terraorbit.foundation.junit.harness.TestEnv;
import io.terraorbit.foundation.junit.harness.ValueProvider;

/**
 * A client that is set to the test's namespace. It knows nothing of this machine: no kubeconfig, no
 * environment variable, no service account takes part.
 */
public final class KubernetesClientProvider implements ValueProvider<KubernetesClient> {
  @Override
  public Class<KubernetesClient> type() {
    return KubernetesClient.class;
  }

  @Override
  public Service service() {
    return Service.KUBERNETES;
  }

  @Override
  public KubernetesClient provide(TestEnv test) {
    KubernetesEnv kubernetes = test.kubernetes();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(kubernetes.url())
            .withOauthToken(kubernetes.token())
            .withNamespace(kubernetes.namespace())
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    test.closeLater(client);
    return client;
  }
}
