package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.json.Json;
import java.util.Map;
import java.util.Optional;

/** The kind of an object, with its version. */
record KindName(String apiVersion, String kind) {
  static KindName of(ResourceType type) {
    return new KindName(type.apiVersion(), type.kind());
  }

  /** The version without its group. */
  String version() {
    return apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
  }

  /** Empty for the core. */
  String group() {
    return apiVersion.substring(0, Math.max(0, apiVersion.lastIndexOf('/')));
  }

  /** The structure of a built-in kind. */
  Optional<StructType> structure() {
    return StructTypes.builtIn().find(group(), version(), kind);
  }

  /** The answer to a body of this kind where another one was expected. */
  ApiException refusal(KindName expected, Map<String, Object> body, BodyDecoder decoder) {
    if (group().indexOf('/') >= 0) {
      return Refusals.unrecognized(
          expected.kind(), "unexpected GroupVersion string: " + apiVersion, Json.write(body));
    }
    boolean sameKind = kind.equals(expected.kind());
    boolean custom = expected.structure().isEmpty();
    boolean known = custom ? sameKind : structure().isPresent();
    if (!known) {
      return decoder.unsuitable(
          this,
          "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
              .formatted(kind, apiVersion));
    }
    if (!sameKind) {
      return decoder.unsuitable(
          this,
          "converting (%s.%s) to (%s.%s): unknown conversion"
              .formatted(version(), kind, internalPackage(expected.group()), expected.kind()));
    }
    return Refusals.badRequest(
        "the API version in the data (%s) does not match the expected API version (%s)"
            .formatted(apiVersion, expected.apiVersion()));
  }

  /** Where the real server has the types of a group that it works with. */
  private static String internalPackage(String group) {
    if (group.isEmpty()) {
      return "core";
    }
    int dot = group.indexOf('.');
    return dot < 0 ? group : group.substring(0, dot);
  }
}
