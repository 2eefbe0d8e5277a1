package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** What an update says of the object that it thinks it updates. */
final class Preconditions {
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

  static void checkUid(Target target, Map<String, Object> object, Map<String, Object> before) {
    String uid = Meta.uid(object);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
      throw Refusals.conflict(
          target.subject(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Meta.uid(before)));
    }
  }
}
