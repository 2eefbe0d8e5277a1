package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/** Objects as a version of their kind shows them. */
final class Versioned {
  private Versioned() {}

  static Map<String, Object> as(ResourceType type, Map<String, Object> stored) {
    return type.apiVersion().equals(stored.get("apiVersion"))
        ? stored
        : Values.with(stored, type.apiVersion(), "apiVersion");
  }
}
