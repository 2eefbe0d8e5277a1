package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.CertificateRules;
import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.kinds.PodParts;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** What an update writes of an object: all of it, or the part that a subresource stands for. */
final class Merging {
  private static final List<String> SERVER_OWNED =
      List.of(
          "resourceVersion",
          "name",
          "generateName",
          "namespace",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation");

  private Merging() {}

  /** What is stored if the request has its way: the parts that it may write, over the old ones. */
  static Map<String, Object> merged(
      Target target, Map<String, Object> object, Map<String, Object> before) {
    ResourceType type = target.type();
    return switch (target.subresource()) {
      case "status" -> status(type, object, before);
      case "finalize" -> Values.with(before, Values.objectAt(object, "spec"), "spec");
      case "approval" -> CertificateRules.approved(object, before);
      case "ephemeralcontainers" -> PodParts.debugged(object, before);
      case "resize" -> PodParts.resized(object, before);
      default -> {
        Map<String, Object> after = metadata(object, before);
        if (type.hasStatus()) {
          after = Meta.keepMember(after, before, "status");
        }
        yield Kinds.of(type).onUpdate(after, before);
      }
    };
  }

  /** Adds what the request changes although it must not. */
  static void checkChange(
      Target target,
      Map<String, Object> after,
      Map<String, Object> before,
      List<FieldError> errors) {
    switch (target.subresource()) {
      case "ephemeralcontainers" -> PodParts.checkDebugged(after, before, errors);
      case "resize" -> PodParts.checkResized(after, before, errors);
      default -> Kinds.of(target.type()).checkChange(after, before, errors);
    }
  }

  private static Map<String, Object> metadata(
      Map<String, Object> object, Map<String, Object> before) {
    Map<String, Object> after = object;
    for (String field : SERVER_OWNED) {
      after = Meta.keep(after, before, field);
    }
    return after;
  }

  private static Map<String, Object> status(
      ResourceType type, Map<String, Object> object, Map<String, Object> before) {
    Map<String, Object> after = Meta.keepMember(before, object, "status");
    if (type.custom() || type.has(Flag.STATUS_SEALED)) {
      return Kinds.of(type).onStatus(after, before);
    }
    for (String field : List.of("annotations", "labels", "finalizers", "ownerReferences")) {
      boolean dropped =
          (field.equals("labels") && type.has(Flag.STATUS_DROPS_LABELS))
              || (field.equals("ownerReferences") && type.has(Flag.STATUS_DROPS_OWNERS));
      after = dropped ? after : Meta.keep(after, object, field);
    }
    return Kinds.of(type).onStatus(after, before);
  }
}
