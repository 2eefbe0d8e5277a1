package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.Query;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import io.terraorbit.foundation.kubernetes.ResourceVersion;
import io.terraorbit.foundation.kubernetes.WatchListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FencedClientTest {
  private static final ObjectKey KEY = new ObjectKey("n", "a");

  private final FakeApi api = new FakeApi();
  private final List<String> shown = new ArrayList<>();
  private boolean allowed = true;
  private final ResourceClient<ConfigMap> client =
      new FencedClient<>(
          api.client(ConfigMap.class),
          () -> {
            if (!allowed) {
              throw new IllegalStateException("fenced");
            }
          },
          object -> shown.add(object.getMetadata().getResourceVersion()));

  @Test
  void showsEveryObjectThatItWrote() {
    ConfigMap made = client.create(object());
    client.update(made);
    client.updateStatus(client.get(KEY));
    client.mergePatch(KEY, Map.of("data", Map.of("k", "v")));
    client.mergePatchStatus(KEY, Map.of("status", Map.of()));
    assertThat(shown).containsExactly("1", "2", "3", "4", "5");
    assertThat(client.delete(KEY)).isTrue();
    assertThat(api.writes)
        .containsExactly(
            "create n/a",
            "update n/a",
            "updateStatus n/a",
            "patch n/a",
            "patchStatus n/a",
            "delete n/a");
  }

  @Test
  void writesNothingBehindTheFenceAndStillReads() {
    ConfigMap made = client.create(object());
    allowed = false;
    Map<String, Runnable> writes = new LinkedHashMap<>();
    writes.put("create", () -> client.create(object()));
    writes.put("update", () -> client.update(made));
    writes.put("updateStatus", () -> client.updateStatus(made));
    writes.put("mergePatch", () -> client.mergePatch(KEY, Map.of()));
    writes.put("mergePatchStatus", () -> client.mergePatchStatus(KEY, Map.of()));
    writes.put("delete", () -> client.delete(KEY));
    writes.forEach((verb, write) -> assertThatThrownBy(write::run).as(verb).hasMessage("fenced"));
    assertThat(api.writes).hasSize(1);
    assertThat(client.find(KEY)).contains(made);
    assertThat(client.get(KEY)).isEqualTo(made);
    assertThat(client.type()).isEqualTo(ConfigMap.class);
  }

  @Test
  void handsReadsOfManyOn() {
    // The API in memory has none of them and says which it was asked for.
    ResourceVersion from = ResourceVersion.of(1);
    assertThatThrownBy(() -> client.page(Query.of())).hasMessage("page");
    assertThatThrownBy(() -> client.openWatch(Query.of(), from, Duration.ofSeconds(1)))
        .hasMessage("openWatch");
    WatchListener<ConfigMap> listener = null;
    assertThatThrownBy(() -> client.watch(Query.of(), from, listener)).hasMessage("watch");
  }

  private static ConfigMap object() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("n")
        .withName("a")
        .endMetadata()
        .build();
  }
}
