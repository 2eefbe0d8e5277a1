package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoSyntax;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.verbs.DeleteOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests. */
final class Bodies {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final List<String> ACCEPTED =
      List.of("application/json", "application/yaml", PROTOBUF);

  private static final String NO_KIND = "couldn't get version/kind; json parse error: ";

  private Bodies() {}

  /**
   * The object in a body, of the kind that a target takes as far as messages go; empty if that is
   * null; keys may come twice in it.
   */
  static Map<String, Object> object(WireRequest request, Target target) {
    byte[] content = request.body().content();
    Function<String, ApiException> refusal =
        why -> Refusals.unrecognized(target.bodyKind(), why, content);
    return isProtobuf(request)
        ? ProtobufBodies.object(content, target, refusal)
        : object(request, refusal);
  }

  private static boolean isProtobuf(WireRequest request) {
    return request.contentType().equals(PROTOBUF);
  }

  private static Map<String, Object> object(
      WireRequest request, Function<String, ApiException> refusal) {
    byte[] content = request.body().content();
    Object value = isYaml(request) ? yaml(content, refusal) : json(content, refusal);
    if (value instanceof Map<?, ?>) {
      return Values.object(value);
    }
    if (value == null) {
      return Map.of();
    }
    throw refusal.apply(
        NO_KIND
            + "json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
                .formatted(GoValues.typeName(value)));
  }

  private static @Nullable Object yaml(byte[] content, Function<String, ApiException> refusal) {
    try {
      return Yaml.read(content);
    } catch (JsonSyntaxException e) {
      throw refusal.apply(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Object json(byte[] content, Function<String, ApiException> refusal) {
    try {
      return Json.readRepeating(content);
    } catch (JsonSyntaxException e) {
      throw refusal.apply(NO_KIND + GoSyntax.mistake(content, String.valueOf(e.getMessage())));
    }
  }

  /** Any JSON value in a body, such as a patch; keys may come twice in it. */
  static @Nullable Object value(WireRequest request) {
    return value(request, "error decoding patch: ");
  }

  /** As {@link #value}, where the real server puts no words of its own before a mistake. */
  static @Nullable Object bareValue(WireRequest request) {
    return value(request, "");
  }

  private static @Nullable Object value(WireRequest request, String before) {
    byte[] content = request.body().content();
    try {
      return Json.readRepeating(content);
    } catch (JsonSyntaxException e) {
      throw Refusals.badRequest(before + GoSyntax.mistake(content, String.valueOf(e.getMessage())));
    }
  }

  /**
   * The options of a deletion: from the body, or where there is none from the parameters, which are
   * not looked at otherwise.
   */
  static DeleteOptions deleteOptions(WireRequest request) {
    if (request.body().size() > 0) {
      return DeleteOptions.decode(
          isProtobuf(request)
              ? ProtobufBodies.deleteOptions(request.body().content())
              : object(request, Refusals::badRequest));
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("dryRun", request.parameters().getOrDefault("dryRun", List.of()));
    if (!request.parameter("propagationPolicy").isEmpty()) {
      options.put("propagationPolicy", request.parameter("propagationPolicy"));
    }
    if (!request.parameter("gracePeriodSeconds").isEmpty()) {
      options.put("gracePeriodSeconds", request.number("gracePeriodSeconds"));
    }
    if (!request.parameter("orphanDependents").isEmpty()) {
      options.put("orphanDependents", request.flag("orphanDependents"));
    }
    return DeleteOptions.read(options);
  }

  private static boolean isYaml(WireRequest request) {
    return switch (request.contentType()) {
      case "", "*/*", "application/json" -> false;
      case "application/yaml" -> true;
      default -> throw Refusals.unsupportedMediaType(ACCEPTED);
    };
  }
}
