package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinalizersTest {
  private final FakeApi api = new FakeApi();
  private final ResourceClient<ConfigMap> client = api.client(ConfigMap.class);
  private final ConfigMap object =
      client.create(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace("n")
              .withName("a")
              .withFinalizers("other/one")
              .endMetadata()
              .build());

  @Test
  void arePutOnOnceBesideTheOthers() {
    ConfigMap with = Finalizers.ensure(client, object, "mine/one");
    assertThat(with.getMetadata().getFinalizers()).containsExactly("other/one", "mine/one");
    assertThat(Finalizers.ensure(client, with, "mine/one")).isSameAs(with);
    assertThat(api.writes).containsExactly("create n/a", "patch n/a");
  }

  @Test
  void areTakenOffOnce() {
    ConfigMap with = Finalizers.ensure(client, object, "mine/one");
    Finalizers.remove(client, with, "mine/one");
    ConfigMap without = client.get(ObjectKey.of(object));
    assertThat(without.getMetadata().getFinalizers()).containsExactly("other/one");
    Finalizers.remove(client, without, "mine/one");
    assertThat(api.writes).hasSize(3);
  }

  @Test
  void areNotPutOnAVersionThatWasNotSeen() {
    client.mergePatch(ObjectKey.of(object), Map.of("data", Map.of("k", "v")));
    assertThatThrownBy(() -> Finalizers.ensure(client, object, "mine/one"))
        .hasMessageContaining("KUBE_CONFLICT");
  }

  @Test
  void tellAnObjectOnItsWayOut() {
    assertThat(Finalizers.deleting(object)).isFalse();
    ConfigMap leaving =
        new ConfigMapBuilder(object)
            .editMetadata()
            .withFinalizers((java.util.List<String>) null)
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();
    assertThat(Finalizers.deleting(leaving)).isTrue();
    leaving.getMetadata().setFinalizers(null);
    Finalizers.remove(client, leaving, "mine/one");
    assertThat(api.writes).hasSize(1);
  }
}
