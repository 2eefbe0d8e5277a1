package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes the body of one write, and answers what is wrong with it: a body that a client wrote is a
 * bad request, one that came of a patch is invalid, as is the real server's way. For one request.
 */
final class BodyDecoder {
  private static final StructType METADATA =
      StructTypes.builtIn().find("meta/v1.ObjectMeta").orElseThrow();

  private final String version;
  private final String kind;
  private final Map<String, Object> body;
  private final WriteOptions options;
  private final StrictErrors strict = new StrictErrors();

  /**
   * @param version of the kind, without its group
   */
  BodyDecoder(String version, String kind, Map<String, Object> body, WriteOptions options) {
    this.version = version;
    this.kind = kind;
    this.body = body;
    this.options = options;
  }

  static BodyDecoder of(ResourceType type, Map<String, Object> body, WriteOptions options) {
    return new BodyDecoder(type.version(), type.kind(), body, options);
  }

  /** The findings that do not end the decoding so far. */
  StrictErrors strict() {
    return strict;
  }

  /** The body as an object of a built-in kind. */
  Map<String, Object> typed(String group) {
    StructType type =
        StructTypes.builtIn()
            .find(group, version, kind)
            .orElseThrow(() -> new IllegalStateException("no structure is compiled for " + kind));
    try {
      return Decoding.decode(type, body, strict);
    } catch (UndecodableException e) {
      throw undecodable(String.valueOf(e.getMessage()));
    }
  }

  /** The body of any kind, with its metadata decoded. */
  Map<String, Object> withMetadata() {
    Object metadata = body.get("metadata");
    if (metadata == null) {
      return body;
    }
    try {
      if (metadata instanceof Map<?, ?>) {
        return Values.with(
            body,
            Decoding.decode(METADATA, Values.object(metadata), "metadata", strict),
            "metadata");
      }
    } catch (UndecodableException e) {
      throw undecodable(String.valueOf(e.getMessage()));
    }
    throw undecodable(
        "json: cannot unmarshal %s into Go struct field %s.metadata of type v1.ObjectMeta"
            .formatted(Values.typeName(metadata), kind));
  }

  /**
   * What the client should be warned of.
   *
   * @throws ApiException if it asked for strictness
   */
  List<String> warnings() {
    List<String> findings = strict.texts();
    return switch (options.validation()) {
      case IGNORE -> List.of();
      case WARN -> findings;
      case STRICT -> {
        if (!findings.isEmpty()) {
          throw undecodable("strict decoding error: " + String.join(", ", findings));
        }
        yield findings;
      }
    };
  }

  /** The answer to a body that cannot be decoded. */
  ApiException undecodable(String why) {
    return unsuitable(version, kind, why);
  }

  /** As {@link #undecodable}, of a body that says of itself that it is of another kind. */
  ApiException unsuitable(String saidVersion, String saidKind, String why) {
    if (options.verb().equals("patch")) {
      return Refusals.invalid(
          new Subject("", "", "", ""), List.of(FieldError.invalid("patch", text(), why)));
    }
    return Refusals.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(saidKind, saidVersion, kind, why));
  }

  /** The patched object as the real server cites it: its members sorted, but not what is below. */
  private String text() {
    return Json.text(new TreeMap<>(body));
  }
}
