package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What many tests need. */
final class Fixtures {
  private Fixtures() {}

  static ObjectKey key(String name) {
    return new ObjectKey("team-a", name);
  }

  static ConfigMap configMap(String name, String colour) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team-a")
        .withName(name)
        .addToLabels("colour", colour)
        .endMetadata()
        .withData(Map.of("colour", colour))
        .build();
  }

  static ConfigMap painted(ConfigMap before, String colour) {
    return new ConfigMapBuilder(before)
        .editMetadata()
        .addToLabels("colour", colour)
        .endMetadata()
        .withData(Map.of("colour", colour))
        .build();
  }

  /** Spins, politely, until something is so or half a minute has passed. */
  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > 30_000_000_000L) {
        throw new AssertionError("not within 30 s");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }
}
