package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoSyntax;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests. */
final class Bodies {
  private static final List<String> ACCEPTED =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

  private Bodies() {}

  /** The object in a body, empty if that is null; keys may come twice in it. */
  static Map<String, Object> object(WireRequest request, ResourceType type) {
    byte[] content = request.body().content();
    Object value = isYaml(request) ? yaml(content, type) : json(content, type);
    if (value instanceof Map<?, ?>) {
      return Values.object(value);
    }
    if (value == null) {
      return Map.of();
    }
    throw noJson(
        type,
        "json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
            .formatted(GoValues.typeName(value)),
        content);
  }

  private static @Nullable Object yaml(byte[] content, ResourceType type) {
    try {
      return Yaml.read(content);
    } catch (JsonSyntaxException e) {
      throw Refusals.unrecognized(type.kind(), String.valueOf(e.getMessage()), content);
    }
  }

  private static @Nullable Object json(byte[] content, ResourceType type) {
    try {
      return Json.readRepeating(content);
    } catch (JsonSyntaxException e) {
      throw noJson(type, GoSyntax.mistake(content, String.valueOf(e.getMessage())), content);
    }
  }

  private static ApiException noJson(ResourceType type, String why, byte[] content) {
    return Refusals.unrecognized(
        type.kind(), "couldn't get version/kind; json parse error: " + why, content);
  }

  /** Any JSON value in a body, such as a patch; keys may come twice in it. */
  static @Nullable Object value(WireRequest request) {
    byte[] content = request.body().content();
    try {
      return Json.readRepeating(content);
    } catch (JsonSyntaxException e) {
      throw Refusals.badRequest(
          "error decoding patch: " + GoSyntax.mistake(content, String.valueOf(e.getMessage())));
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

  private static boolean isYaml(WireRequest request) {
    return switch (request.contentType()) {
      case "", "*/*", "application/json" -> false;
      case "application/yaml" -> true;
      case "application/vnd.kubernetes.protobuf" ->
          throw Refusals.notImplemented("bodies in protobuf");
      default -> throw Refusals.unsupportedMediaType(ACCEPTED);
    };
  }
}
