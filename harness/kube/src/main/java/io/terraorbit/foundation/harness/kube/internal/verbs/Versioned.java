package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.conversion.Conversion;
import io.terraorbit.foundation.harness.kube.internal.resources.CustomVersion;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/** Objects as a version of their kind shows them. */
final class Versioned {
  private Versioned() {}

  /** An object as it is kept. */
  static Map<String, Object> forKeeping(ResourceType type, Map<String, Object> object) {
    CustomVersion custom = type.extension();
    return custom == null ? object : custom.forKeeping(object);
  }

  /** What a version shows of a stored object, still under the version in which it is stored. */
  static Map<String, Object> inStoredVersion(ResourceType type, Map<String, Object> stored) {
    CustomVersion custom = type.extension();
    if (custom == null) {
      return stored;
    }
    Map<String, Object> shown = custom.shown(stored);
    return type.storedApiVersion().equals(shown.get("apiVersion"))
        ? shown
        : Values.with(shown, type.storedApiVersion(), "apiVersion");
  }

  static Map<String, Object> as(ResourceType type, Map<String, Object> stored) {
    CustomVersion custom = type.extension();
    Map<String, Object> shown = custom == null ? stored : custom.shown(stored);
    return type.apiVersion().equals(shown.get("apiVersion"))
        ? shown
        : Values.with(Conversion.of(type).fromStored(shown), type.apiVersion(), "apiVersion");
  }
}
