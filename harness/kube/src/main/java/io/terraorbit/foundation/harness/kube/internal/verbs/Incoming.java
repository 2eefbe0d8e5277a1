package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.schema.MalformedException;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions.FieldValidation;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An object as a client sent it, decoded: of the right kind, pruned, defaulted. Immutable.
 *
 * @param warnings what the client should know
 */
record Incoming(Map<String, Object> object, List<String> warnings) {

  static Incoming decode(Target target, Map<String, Object> body, WriteOptions options) {
    ResourceType type = target.type();
    checkKind(type, body);
    MetaRules.checkTypes(type, body);
    Kinds.of(type).checkTypes(body);
    Map<String, Object> ordered = Meta.ordered(body, type.storedApiVersion(), type.kind());
    Map<String, Object> tracked = Meta.without(Meta.without(ordered, "managedFields"), "selfLink");
    Map<String, Object> placed = place(target, tracked);
    return type.structure()
        .map(schema -> shaped(type, schema, placed, options))
        .orElseGet(() -> new Incoming(Kinds.withDefaults(type, typed(placed)), List.of()));
  }

  /** All that is wrong with a new object; empty when it may be stored. */
  static List<FieldError> problems(ResourceType type, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>(MetaRules.check(type, object));
    Kinds.of(type).check(object, errors);
    errors.addAll(CustomRules.check(type, object));
    return errors;
  }

  /** All that is wrong with an object that is to replace another. */
  static List<FieldError> problems(
      Target target, Map<String, Object> object, Map<String, Object> before) {
    List<FieldError> errors = new ArrayList<>(MetaRules.check(target.type(), object));
    Kinds.of(target.type()).check(object, errors);
    errors.addAll(CustomRules.checkChange(target, object, before));
    return errors;
  }

  private static Map<String, Object> typed(Map<String, Object> object) {
    return Values.object(java.util.Objects.requireNonNull(Meta.withoutNulls(object)));
  }

  private static Incoming shaped(
      ResourceType type,
      StructuralSchema schema,
      Map<String, Object> object,
      WriteOptions options) {
    StructuralSchema.Pruned pruned = decoded(type, schema, object);
    List<String> unknown =
        pruned.dropped().stream().map(path -> "unknown field \"" + path + "\"").toList();
    if (options.validation() == FieldValidation.STRICT && !unknown.isEmpty()) {
      throw Refusals.badRequest(
          "strict decoding error: " + unknown.stream().collect(Collectors.joining(", ")));
    }
    boolean warn = options.validation() == FieldValidation.WARN;
    return new Incoming(pruned.object(), warn ? unknown : List.of());
  }

  private static StructuralSchema.Pruned decoded(
      ResourceType type, StructuralSchema schema, Map<String, Object> object) {
    try {
      return schema.decode(object);
    } catch (MalformedException e) {
      throw Refusals.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: %s"
              .formatted(type.kind(), type.version(), type.kind(), e.text()));
    }
  }

  private static void checkKind(ResourceType type, Map<String, Object> body) {
    String apiVersion = Values.string(body, "apiVersion").orElse("");
    String kind = Values.string(body, "kind").orElse("");
    if (type.custom() && (kind.isEmpty() || apiVersion.isEmpty())) {
      throw Refusals.badRequest(
          "Object '%s' is missing in the body of the request"
              .formatted(kind.isEmpty() ? "Kind" : "apiVersion"));
    }
    if (!kind.isEmpty() && !kind.equals(type.kind())) {
      throw Refusals.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for this resource"
              .formatted(kind, type.version(), type.kind(), kind));
    }
    if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
      throw Refusals.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, type.apiVersion()));
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
