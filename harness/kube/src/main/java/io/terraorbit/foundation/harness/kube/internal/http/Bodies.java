package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests. */
final class Bodies {
  private static final List<String> ACCEPTED =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

  private Bodies() {}

  /** The object in a body. */
  static Map<String, Object> object(WireRequest request, ResourceType type) {
    requireJson(request);
    try {
      return Json.readObject(request.body().content());
    } catch (JsonSyntaxException e) {
      throw Refusals.badRequest(
          "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error: %s"
              .formatted(type.kind(), e.getMessage()));
    }
  }

  /** Any JSON value in a body, such as a patch. */
  static @Nullable Object value(WireRequest request) {
    try {
      return Json.read(request.body().content());
    } catch (JsonSyntaxException e) {
      throw Refusals.badRequest("error decoding patch: " + e.getMessage());
    }
  }

  /** The options of a deletion, from the body and the parameters. */
  static Map<String, Object> deleteOptions(WireRequest request, ResourceType type) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (request.body().size() > 0) {
      options.putAll(object(request, type));
    }
    if (!request.parameter("propagationPolicy").isEmpty()) {
      options.put("propagationPolicy", request.parameter("propagationPolicy"));
    }
    if (!request.parameter("gracePeriodSeconds").isEmpty()) {
      options.put("gracePeriodSeconds", request.number("gracePeriodSeconds"));
    }
    if (!request.parameter("orphanDependents").isEmpty()) {
      options.put("orphanDependents", request.flag("orphanDependents"));
    }
    return options;
  }

  private static void requireJson(WireRequest request) {
    switch (request.contentType()) {
      case "", "*/*", "application/json" -> {}
      case "application/yaml" -> throw Refusals.notImplemented("bodies in YAML");
      case "application/vnd.kubernetes.protobuf" ->
          throw Refusals.notImplemented("bodies in protobuf");
      default -> throw Refusals.unsupportedMediaType(ACCEPTED);
    }
  }
}
