package io.terraorbit.foundation.harness.kube.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListItemsTest {
  private final ResourceType maps = Catalog.builtIn().find("", "v1", "configmaps").orElseThrow();
  private final ListItems items = new ListItems();

  @Test
  void leaveKindAndApiVersionOut() {
    assertThat(items.of(maps, map("1", "v"))).containsOnlyKeys("metadata", "data");
  }

  @Test
  void areWrittenOnceForTheSameObject() {
    Map<String, Object> object = map("1", "v");

    assertThat(items.of(maps, object)).isSameAs(items.of(maps, object));
  }

  @Test
  void areWrittenAnewForAnotherObjectOfTheSameUid() {
    items.of(maps, map("1", "old"));

    assertThat(Json.text(items.of(maps, map("1", "new")))).contains("\"k\":\"new\"");
  }

  @Test
  void areForgottenWhenTheyAreTooMany() {
    Map<String, Object> first = map("first", "v");
    Map<String, Object> kept = items.of(maps, first);
    for (int i = 0; i < 1_100; i++) {
      items.of(maps, map("big-" + i, "x".repeat(32_000)));
    }

    assertThat(items.of(maps, first)).isEqualTo(kept).isNotSameAs(kept);
  }

  @Test
  void areNotKeptWhenTheyAreLong() {
    Map<String, Object> object = map("1", "x".repeat(70_000));

    assertThat(items.of(maps, object)).isNotSameAs(items.of(maps, object));
  }

  private static Map<String, Object> map(String uid, String value) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMap",
        "metadata",
        Map.of("uid", uid),
        "data",
        Map.of("k", value));
  }
}
