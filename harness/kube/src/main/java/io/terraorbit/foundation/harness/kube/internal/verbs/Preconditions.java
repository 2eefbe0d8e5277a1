package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an update says of the object that it thinks it updates. */
final class Preconditions {
  private static final Set<String> GROUPED =
      Set.of(
          "customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io");

  private Preconditions() {}

  static void checkName(Target target, Map<String, Object> body) {
    Object name = Values.at(body, "metadata", "name").orElse("");
    if (name.equals("")) {
      throw Refusals.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(target.name()));
    }
    if (!name.equals(target.name())) {
      throw Refusals.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, target.name()));
    }
  }

  /** The namespace, if one is given; there is none for an object of the whole cluster. */
  static void checkNamespace(Target target, Map<String, Object> body) {
    String namespace = Meta.namespace(body);
    if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
      throw Refusals.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  static void checkRevision(Target target, String revision, Map<String, Object> before) {
    if (!revision.matches("\\d{0,18}")) {
      throw Refusals.bare("strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(revision));
    }
    if (revision.isEmpty() || revision.equals("0")) {
      if (target.type().has(Flag.LOCKED)) {
        throw Refusals.invalid(
            target.subject().byResource(),
            List.of(
                FieldError.invalid(
                    "metadata.resourceVersion", 0L, "must be specified for an update")));
      }
    } else if (!revision.equals(Meta.text(before, "resourceVersion"))) {
      throw Refusals.modified(target.subject());
    }
  }

  /** The uid, if one is given; it is compared before anything else, with nothing if need be. */
  static void checkUid(Target target, Map<String, Object> object, Map<String, Object> before) {
    String uid = Meta.uid(object);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
      throw Refusals.conflict(
          target.subject(),
          ("StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0,"
                  + " AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in"
                  + " object meta: %s")
              .formatted(storageKey(target), uid, Meta.uid(before)));
    }
  }

  /** Adds that a field of the metadata is to change which never may; unset says nothing. */
  static void checkSame(
      Map<String, Object> object,
      Map<String, Object> before,
      String field,
      List<FieldError> errors) {
    Object wanted = Values.at(object, "metadata", field).orElse("");
    if (!wanted.equals("") && !wanted.equals(Values.at(before, "metadata", field).orElse(""))) {
      errors.add(FieldError.immutable("metadata." + field, wanted));
    }
  }

  /** The key under which a real server keeps the object, which it lets its clients know. */
  private static String storageKey(Target target) {
    ResourceType type = target.type();
    String resource = type.subject("").qualified();
    String kept =
        switch (resource) {
          case "services" -> "services/specs";
          case "endpoints" -> "services/endpoints";
          case "nodes" -> "minions";
          case "replicationcontrollers" -> "controllers";
          case "ingresses.networking.k8s.io" -> "ingress";
          default ->
              type.custom() || GROUPED.contains(resource)
                  ? type.group() + "/" + type.plural()
                  : type.plural();
        };
    return "/%s/%s%s"
        .formatted(kept, type.namespaced() ? target.namespace() + "/" : "", target.name());
  }
}
