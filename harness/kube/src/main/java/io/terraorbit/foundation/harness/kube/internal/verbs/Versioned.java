package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/** Objects as a version of their kind shows them. */
final class Versioned {
  private Versioned() {}

  static Map<String, Object> as(ResourceType type, Map<String, Object> stored) {
    Map<String, Object> shown =
        type.apiVersion().equals(stored.get("apiVersion"))
            ? stored
            : Values.with(stored, type.apiVersion(), "apiVersion");
    // What was stored under an earlier schema is read by the present one.
    return type.structure()
        .map(schema -> schema.withDefaults(schema.prune(shown).object()))
        .orElse(shown);
  }
}
