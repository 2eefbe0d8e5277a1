package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.json.Json;
import java.util.Map;

/** What a body says that it is. */
record KindName(String apiVersion, String kind) {
  /** The answer to a body of this kind where another one was expected. */
  ApiException refusal(ResourceType expected, Map<String, Object> body, BodyDecoder decoder) {
    String[] parts = apiVersion.split("/", -1);
    if (parts.length > 2) {
      return Refusals.unrecognized(
          expected.kind(), "unexpected GroupVersion string: " + apiVersion, Json.write(body));
    }
    String group = parts.length == 2 ? parts[0] : "";
    String version = parts[parts.length - 1];
    boolean sameKind = kind.equals(expected.kind());
    boolean known =
        expected.custom() ? sameKind : StructTypes.builtIn().find(group, version, kind).isPresent();
    if (!known) {
      return decoder.unsuitable(
          version,
          kind,
          "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
              .formatted(kind, apiVersion));
    }
    if (!sameKind) {
      return decoder.unsuitable(
          version,
          kind,
          "converting (%s.%s) to (%s.%s): unknown conversion"
              .formatted(version, kind, internalPackage(expected.group()), expected.kind()));
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
