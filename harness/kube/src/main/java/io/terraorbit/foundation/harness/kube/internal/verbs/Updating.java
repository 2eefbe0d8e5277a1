package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of update and patch, of the object and of its subresources. */
final class Updating {
  private final Creating creating;
  private final Admission admission;

  Updating(Creating creating, Admission admission) {
    this.creating = creating;
    this.admission = admission;
  }

  Outcome update(Editor editor, Target target, Map<String, Object> body, WriteOptions options) {
    Preconditions.checkName(target, body);
    Map<String, Object> before = editor.find(target.key()).orElse(null);
    Preconditions.checkUid(target, body, before == null ? Map.of() : before);
    if (before == null) {
      return absent(editor, target, body, options);
    }
    Preconditions.checkRevision(target, Meta.text(body, "resourceVersion"), before);
    return replace(editor, target, Body.of(body), before, options);
  }

  Outcome patch(Editor editor, Target target, Patch patch, WriteOptions options) {
    Map<String, Object> before =
        editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
    Map<String, Object> served = Versioned.as(target.type(), before);
    Body body = patch.patched(served);
    Map<String, Object> after = body.object();
    String revision = Meta.text(after, "resourceVersion");
    if (!revision.isEmpty()) {
      Preconditions.checkRevision(target, revision, before);
    }
    return replace(editor, target, body, before, options);
  }

  private Outcome absent(
      Editor editor, Target target, Map<String, Object> body, WriteOptions options) {
    if (!target.type().has(Flag.CREATE_ON_UPDATE) || !target.subresource().isEmpty()) {
      throw Refusals.notFound(target.subject());
    }
    if (!Meta.text(body, "resourceVersion").isEmpty()) {
      throw Refusals.modified(target.subject());
    }
    return creating.create(editor, target, body, options);
  }

  private Outcome replace(
      Editor editor, Target target, Body body, Map<String, Object> stored, WriteOptions options) {
    Map<String, Object> before = Versioned.inStoredVersion(target.type(), stored);
    Incoming incoming = Incoming.decode(target, body, options);
    List<FieldError> errors = new ArrayList<>();
    if (options.verb().equals("patch")) {
      Preconditions.checkName(target, incoming.object());
      Preconditions.checkSame(incoming.object(), before, "uid", errors);
    } else {
      Preconditions.checkUid(target, incoming.object(), before);
    }
    Preconditions.checkSame(incoming.object(), before, "deletionTimestamp", errors);
    Preconditions.checkSame(incoming.object(), before, "deletionGracePeriodSeconds", errors);
    Map<String, Object> after =
        admission.complete(
            editor, target, Merging.merged(target, incoming.object(), before), before);
    errors.addAll(Incoming.problems(target, after, before));
    Merging.checkChange(target, after, before, errors);
    newFinalizers(after, before, errors);
    if (!errors.isEmpty()) {
      throw Refusals.invalid(target.type().kept(target.name()), errors);
    }
    admission.check(editor, target, before, after);
    if (Deleting.finished(target.type(), after)) {
      return new Outcome(200, editor.remove(target, after, options), incoming.warnings());
    }
    if (Versioned.forKeeping(target.type(), after).equals(stored)) {
      return new Outcome(200, stored, incoming.warnings());
    }
    Map<String, Object> counted =
        target.subresource().equals("status") ? after : generation(target.type(), after, before);
    return new Outcome(200, editor.put(target, counted, options), incoming.warnings());
  }

  private static Map<String, Object> generation(
      ResourceType type, Map<String, Object> after, Map<String, Object> before) {
    if (!type.has(Flag.GENERATION) || counted(type, after).equals(counted(type, before))) {
      return after;
    }
    return Meta.with(after, "generation", Meta.generation(before) + 1);
  }

  private static Object counted(ResourceType type, Map<String, Object> object) {
    return type.custom() && !type.hasStatus()
        ? Values.without(object, "metadata")
        : Kinds.of(type).counted(object);
  }

  private static void newFinalizers(
      Map<String, Object> after, Map<String, Object> before, List<FieldError> errors) {
    Set<Object> old = Set.copyOf(Meta.finalizers(before));
    List<Object> added =
        Meta.finalizers(after).stream().filter(finalizer -> !old.contains(finalizer)).toList();
    if (Meta.deleting(before) && !added.isEmpty()) {
      errors.add(
          FieldError.forbidden(
              "metadata.finalizers",
              "no new finalizers can be added if the object is being deleted, found new finalizers"
                  + " []string{%s}"
                      .formatted(
                          String.join(
                              ", ", added.stream().map(name -> "\"" + name + "\"").toList()))));
    }
  }
}
