package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.conversion.Conversion;
import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An object as a client sent it, decoded: of the right kind, pruned, defaulted. Immutable.
 *
 * @param warnings what the client should know
 */
record Incoming(Map<String, Object> object, List<String> warnings) {

  /** Decodes a body. */
  static Incoming decode(Target target, Body body, WriteOptions options) {
    ResourceType type = target.type();
    BodyDecoder decoder = BodyDecoder.of(type, body, options).checked();
    StructuralSchema schema = type.structure().orElse(null);
    return schema == null ? builtIn(target, decoder) : custom(target, schema, decoder);
  }

  private static Incoming builtIn(Target target, BodyDecoder decoder) {
    ResourceType type = target.type();
    Map<String, Object> decoded = Conversion.of(type).toStored(decoder.typed());
    List<String> warnings = decoder.warnings();
    return new Incoming(Kinds.withDefaults(type, place(target, tracked(type, decoded))), warnings);
  }

  private static Incoming custom(Target target, StructuralSchema schema, BodyDecoder decoder) {
    Map<String, Object> decoded = tracked(target.type(), decoder.custom(schema));
    List<String> warnings = decoder.warnings();
    return new Incoming(place(target, decoded), warnings);
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

  private static Map<String, Object> place(Target target, Map<String, Object> object) {
    Preconditions.checkNamespace(target, object);
    return target.type().namespaced()
        ? Meta.with(object, "namespace", target.namespace())
        : Meta.without(object, "namespace");
  }
}
