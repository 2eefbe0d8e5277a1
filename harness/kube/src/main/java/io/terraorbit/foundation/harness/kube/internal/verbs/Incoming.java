package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.conversion.Conversion;
import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.schema.MalformedException;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.typed.Repeats;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An object as a client sent it, decoded: of the right kind, pruned, defaulted. Immutable.
 *
 * @param warnings what the client should know
 */
record Incoming(Map<String, Object> object, List<String> warnings) {

  static Incoming decode(Target target, Map<String, Object> body, WriteOptions options) {
    return decode(target, body, options, strict -> {});
  }

  /**
   * Decodes a body.
   *
   * @param findings adds what is known to be wrong with it already
   */
  static Incoming decode(
      Target target,
      Map<String, Object> body,
      WriteOptions options,
      Consumer<StrictErrors> findings) {
    ResourceType type = target.type();
    BodyDecoder decoder = BodyDecoder.of(type, body, options);
    checkKind(type, body, decoder);
    findings.accept(decoder.strict());
    return type.structure()
        .map(schema -> custom(target, schema, body, decoder))
        .orElseGet(() -> builtIn(target, decoder));
  }

  private static Incoming builtIn(Target target, BodyDecoder decoder) {
    ResourceType type = target.type();
    Map<String, Object> decoded = Conversion.of(type).toStored(decoder.typed(type.group()));
    List<String> warnings = decoder.warnings();
    return new Incoming(Kinds.withDefaults(type, place(target, tracked(type, decoded))), warnings);
  }

  private static Incoming custom(
      Target target, StructuralSchema schema, Map<String, Object> body, BodyDecoder decoder) {
    Repeats.find(body, decoder.strict());
    Map<String, Object> decoded = tracked(target.type(), decoder.withMetadata());
    StructuralSchema.Pruned pruned = decoded(schema, place(target, decoded), decoder);
    pruned.dropped().forEach(decoder.strict()::unknown);
    List<String> warnings = decoder.warnings();
    return new Incoming(pruned.object(), warnings);
  }

  private static Map<String, Object> tracked(ResourceType type, Map<String, Object> object) {
    Map<String, Object> ordered = Meta.ordered(object, type.storedApiVersion(), type.kind());
    return Meta.without(Meta.without(ordered, "managedFields"), "selfLink");
  }

  /** All that is wrong with a new object; empty when it may be stored. */
  static List<FieldError> problems(ResourceType type, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>(MetaRules.check(type, object));
    Kinds.of(type).check(object, errors);
    errors.addAll(CustomRules.check(type, object));
    return Conversion.of(type).check(object, null, errors);
  }

  /** All that is wrong with an object that is to replace another. */
  static List<FieldError> problems(
      Target target, Map<String, Object> object, Map<String, Object> before) {
    List<FieldError> errors = new ArrayList<>(MetaRules.check(target.type(), object));
    Kinds.of(target.type()).check(object, errors);
    errors.addAll(CustomRules.checkChange(target, object, before));
    return Conversion.of(target.type()).check(object, before, errors);
  }

  private static StructuralSchema.Pruned decoded(
      StructuralSchema schema, Map<String, Object> object, BodyDecoder decoder) {
    try {
      return schema.decode(object);
    } catch (MalformedException e) {
      throw decoder.undecodable(e.text());
    }
  }

  private static void checkKind(ResourceType type, Map<String, Object> body, BodyDecoder decoder) {
    requireTexts(type, body);
    String apiVersion = Values.string(body, "apiVersion").orElse("");
    String kind = Values.string(body, "kind").orElse("");
    if (type.custom() && (kind.isEmpty() || apiVersion.isEmpty())) {
      throw Refusals.badRequest(
          "Object '%s' is missing in the body of the request"
              .formatted(kind.isEmpty() ? "Kind" : "apiVersion"));
    }
    KindName met =
        new KindName(
            apiVersion.isEmpty() ? type.apiVersion() : apiVersion,
            kind.isEmpty() ? type.kind() : kind);
    if (!met.apiVersion().equals(type.apiVersion()) || !met.kind().equals(type.kind())) {
      throw met.refusal(type, body, decoder);
    }
  }

  private static void requireTexts(ResourceType type, Map<String, Object> body) {
    for (String field : List.of("apiVersion", "kind")) {
      Object value = body.get(field);
      if (value != null && !(value instanceof String)) {
        throw Refusals.unrecognized(
            type.kind(),
            "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go struct field .%s of type string"
                .formatted(GoValues.typeName(value), field),
            Json.write(body));
      }
    }
  }

  private static Map<String, Object> place(Target target, Map<String, Object> object) {
    String namespace = Meta.namespace(object);
    if (!target.type().namespaced()) {
      if (!namespace.isEmpty()) {
        throw wrongNamespace();
      }
      return Meta.without(object, "namespace");
    }
    if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
      throw wrongNamespace();
    }
    return Meta.with(object, "namespace", target.namespace());
  }

  private static RuntimeException wrongNamespace() {
    return Refusals.badRequest(
        "the namespace of the provided object does not match the namespace sent on the request");
  }
}
