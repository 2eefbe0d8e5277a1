package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.verbs.Patch;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of patches, by the media type of the body. */
final class PatchTypes {
  private static final String JSON = "application/json-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";

  private PatchTypes() {}

  /** The verb for those who watch over requests. */
  static String verb(String contentType) {
    return contentType.equals(APPLY) ? "apply" : "patch";
  }

  static Patch read(WireRequest request, Target target) {
    ResourceType type = target.type();
    switch (request.contentType()) {
      case JSON -> {
        return Patch.json(Bodies.value(request));
      }
      case MERGE -> {
        return merge(Bodies.value(request));
      }
      case APPLY -> throw Refusals.notImplemented("server-side apply");
      case STRATEGIC -> {
        if (type.custom()) {
          throw Refusals.unsupportedMediaType(accepted(type));
        }
        return Patch.strategic(structure(target), () -> strategic(request));
      }
      default ->
          throw type.custom()
              ? Refusals.unsupportedMediaType(accepted(type))
              : Refusals.unknownMediaType();
    }
  }

  private static Patch merge(@Nullable Object changes) {
    if (changes instanceof Map<?, ?>) {
      return Patch.merge(Values.object(changes));
    }
    throw Refusals.badRequest(
        changes == null
            ? "Invalid JSON Patch"
            : "error decoding patch: json: cannot unmarshal %s into Go value of type map[string]interface {}"
                .formatted(GoValues.typeName(changes)));
  }

  /** What is patched; the scale of an object is an object of its own kind. */
  private static StructType structure(Target target) {
    ResourceType type = target.type();
    StructTypes types = StructTypes.builtIn();
    return (target.subresource().equals("scale")
            ? types.find("autoscaling", "v1", "Scale")
            : types.find(type.group(), type.version(), type.kind()))
        .orElseThrow(
            () -> new IllegalStateException("no structure is compiled for " + type.kind()));
  }

  private static Map<String, Object> strategic(WireRequest request) {
    Object changes = Bodies.bareValue(request);
    if (changes instanceof Map<?, ?>) {
      return Values.object(changes);
    }
    if (changes == null) {
      return Map.of();
    }
    throw Refusals.badRequest(
        "json: cannot unmarshal %s into Go value of type map[string]interface {}"
            .formatted(GoValues.typeName(changes)));
  }

  private static List<String> accepted(ResourceType type) {
    List<String> accepted = new ArrayList<>(List.of(JSON, MERGE));
    if (!type.custom()) {
      accepted.add(STRATEGIC);
    }
    accepted.add(APPLY);
    return accepted;
  }
}
