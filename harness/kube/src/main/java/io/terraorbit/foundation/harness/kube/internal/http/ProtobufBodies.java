package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.protobuf.Envelope;
import io.terraorbit.foundation.harness.kube.internal.protobuf.Messages;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Bodies in protobuf, as what they would be in JSON; whatever else is to be known of a body is
 * found there.
 */
final class ProtobufBodies {
  private static final String OPTIONS = "DeleteOptions";

  private ProtobufBodies() {}

  /**
   * The object in a body. Custom ones are in JSON only; the real server says so in its own way
   * where nobody asks it for validation of fields, and else fails.
   *
   * @param refusal of a body that is none
   */
  static Map<String, Object> object(
      byte[] body, Target target, Function<String, ApiException> refusal) {
    Envelope envelope = envelope(body, refusal);
    if (target.bodyStructure().isEmpty()) {
      throw unsuitable(envelope, target, "Object 'Kind' is missing in 'object has no kind field '");
    }
    Optional<StructType> type =
        envelope.kind().isEmpty() && envelope.apiVersion().isEmpty()
            ? target.bodyStructure()
            : structure(envelope);
    try {
      return named(envelope, type.map(known -> Messages.decode(known, envelope.raw())));
    } catch (UndecodableException e) {
      throw unsuitable(envelope, target, String.valueOf(e.getMessage()));
    }
  }

  private static ApiException unsuitable(Envelope envelope, Target target, String why) {
    return Refusals.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(envelope.kind(), version(envelope), target.bodyKind(), why));
  }

  /** The options of a deletion; they are the same in all versions that a client may name. */
  static Map<String, Object> deleteOptions(byte[] body) {
    Envelope envelope = envelope(body, Refusals::badRequest);
    boolean known = envelope.kind().isEmpty() || envelope.kind().equals(OPTIONS);
    try {
      return named(
          envelope,
          StructTypes.builtIn()
              .find("meta/v1." + OPTIONS)
              .filter(type -> known)
              .map(type -> Messages.decode(type, envelope.raw())));
    } catch (UndecodableException e) {
      throw Refusals.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Envelope envelope(byte[] body, Function<String, ApiException> refusal) {
    try {
      return Envelope.read(body);
    } catch (UndecodableException e) {
      throw refusal.apply(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> named(
      Envelope envelope, Optional<Map<String, Object>> message) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (!envelope.kind().isEmpty()) {
      object.put("kind", envelope.kind());
    }
    if (!envelope.apiVersion().isEmpty()) {
      object.put("apiVersion", envelope.apiVersion());
    }
    message.ifPresent(object::putAll);
    return object;
  }

  private static Optional<StructType> structure(Envelope envelope) {
    String apiVersion = envelope.apiVersion();
    String group = apiVersion.substring(0, Math.max(0, apiVersion.lastIndexOf('/')));
    return StructTypes.builtIn().find(group, version(envelope), envelope.kind());
  }

  private static String version(Envelope envelope) {
    return envelope.apiVersion().substring(envelope.apiVersion().lastIndexOf('/') + 1);
  }
}
