package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the columns of a kind. Safe for many threads; builds a layout when it is first asked. */
final class Layouts {
  private final Map<String, Layout> builtIn = new ConcurrentHashMap<>();

  Layout of(ResourceType type) {
    return type.extension() == null
        ? builtIn.computeIfAbsent(type.subject("").qualified(), Layouts::find)
        : CustomLayout.of(type.extension().columns());
  }

  private static Layout find(String resource) {
    return CoreLayouts.find(resource)
        .or(() -> WorkloadLayouts.find(resource))
        .or(() -> NetworkLayouts.find(resource))
        .or(() -> StorageLayouts.find(resource))
        .or(() -> PolicyLayouts.find(resource))
        .or(() -> DeviceLayouts.find(resource))
        .orElseGet(Layouts::nameAndAge);
  }

  /** The columns of whatever has none of its own. */
  static Layout nameAndAge() {
    return Layout.named().age().build();
  }
}
