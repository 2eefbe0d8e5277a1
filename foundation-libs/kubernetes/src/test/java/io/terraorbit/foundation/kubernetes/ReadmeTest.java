package io.terraorbit.foundation.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the README. */
class ReadmeTest {
  @Test
  void theExampleWorks() throws IOException, InterruptedException {
    try (FakeKubeServer server = new FakeKubeServer()) {
      assertThat(redMaps(server.url(), "token")).hasSize(1);
    }
  }

  private static List<ConfigMap> redMaps(String url, String token) throws InterruptedException {
    // tag::readme[]
    Index<ConfigMap, String> byColour =
        new Index<>("colour", map -> List.of(map.getData().get("colour")));
    try (KubeClient kube = KubeClient.connect(KubeClientSettings.of(url, token))) {
      ResourceClient<ConfigMap> maps = kube.resources(ConfigMap.class);
      try (ResourceCache<ConfigMap> cache =
          ResourceCache.open(maps, Query.of().inNamespace("team-a"), CacheSettings.system())) {
        cache.index(byColour);
        cache.start();
        cache.awaitSynced(Duration.ofSeconds(10));
        ConfigMap written = maps.create(redMap());
        cache.overlay(written); // readers see it from here on, whatever the watch does
        return cache.by(byColour, "red");
      }
    }
    // end::readme[]
  }

  private static ConfigMap redMap() {
    return new ConfigMapBuilder(Fixtures.configMap("a", "red")).build();
  }
}
