package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Deletes what has lost its owners, and does what foreground and orphaning deletions wait for. */
final class GarbageCollector {
  private static final String NAME = "serviceaccount:kube-system:generic-garbage-collector";
  private static final WriteOptions DELETE = WriteOptions.system(NAME, "delete");
  private static final WriteOptions PATCH = WriteOptions.system(NAME, "patch");
  private static final DeleteOptions BACKGROUND = DeleteOptions.propagating("Background");
  private static final DeleteOptions FOREGROUND = DeleteOptions.propagating("Foreground");

  private final Ownership ownership;
  private final Deleting deleting;
  private final Complaints complaints;

  GarbageCollector(Ownership ownership, Deleting deleting, Complaints complaints) {
    this.ownership = ownership;
    this.deleting = deleting;
    this.complaints = complaints;
  }

  void reconcile(Editor editor, Target target, Function<String, Optional<ResourceType>> types) {
    Map<String, Object> object = editor.find(target.key()).orElse(null);
    if (object == null) {
      return;
    }
    if (Meta.deleting(object) && Meta.finalizers(object).contains(Deleting.ORPHAN)) {
      dependents(editor, object).forEach(entry -> disown(editor, entry, object, types));
      release(editor, target, Deleting.ORPHAN);
    } else if (Meta.deleting(object) && Meta.finalizers(object).contains(Deleting.FOREGROUND)) {
      foreground(editor, target, object, types);
    } else if (!Meta.deleting(object)) {
      collect(editor, target, object);
    }
  }

  private void foreground(
      Editor editor,
      Target target,
      Map<String, Object> owner,
      Function<String, Optional<ResourceType>> types) {
    for (Entry<Map<String, Object>> entry : dependents(editor, owner)) {
      boolean shared =
          Meta.owners(entry.value()).stream()
              .anyMatch(other -> solid(editor, entry.value(), other, owner));
      if (!shared && !Meta.deleting(entry.value())) {
        types
            .apply(entry.key())
            .ifPresent(type -> deleteDependent(editor, at(type, entry), entry.value()));
      } else if (shared) {
        disown(editor, entry, owner, types);
      }
    }
    boolean blocked =
        dependents(editor, owner).stream()
            .flatMap(entry -> Meta.owners(entry.value()).stream())
            .anyMatch(
                reference ->
                    Ownership.uid(reference).equals(Meta.uid(owner))
                        && Values.at(reference, "blockOwnerDeletion")
                            .filter(Boolean.TRUE::equals)
                            .isPresent());
    if (!blocked) {
      release(editor, target, Deleting.FOREGROUND);
    }
  }

  /**
   * Deletes a dependent of an owner that waits for it, in its turn after its own dependents. When
   * one of those waits already, they wait in a circle, which is cut here.
   */
  private void deleteDependent(Editor editor, Target target, Map<String, Object> dependent) {
    List<Entry<Map<String, Object>>> own = dependents(editor, dependent);
    if (own.isEmpty()) {
      deleting.delete(editor, target, BACKGROUND, DELETE);
      return;
    }
    if (own.stream().anyMatch(entry -> waits(entry.value()))) {
      List<Object> unblocking =
          Meta.owners(dependent).stream()
              .map(
                  reference ->
                      (Object) Values.with(Values.object(reference), false, "blockOwnerDeletion"))
              .toList();
      editor.put(target, Meta.withList(dependent, "ownerReferences", unblocking), PATCH);
    }
    deleting.delete(editor, target, FOREGROUND, DELETE);
  }

  private static boolean waits(Map<String, Object> object) {
    return Meta.deleting(object) && Meta.finalizers(object).contains(Deleting.FOREGROUND);
  }

  /** An owner other than the one that goes, which lives, stays and is not waiting itself. */
  private boolean solid(
      Editor editor, Map<String, Object> dependent, Object reference, Map<String, Object> owner) {
    return !Ownership.uid(reference).equals(Meta.uid(owner))
        && alive(dependent, reference)
        && ownership
            .find(Ownership.uid(reference))
            .flatMap(editor::find)
            .filter(other -> !waits(other))
            .isPresent();
  }

  private void collect(Editor editor, Target target, Map<String, Object> object) {
    List<Object> owners = Meta.owners(object);
    List<Object> alive = owners.stream().filter(owner -> alive(object, owner)).toList();
    if (owners.isEmpty() || alive.size() == owners.size()) {
      return;
    }
    owners.stream()
        .filter(owner -> !alive.contains(owner))
        .filter(owner -> ownership.find(Ownership.uid(owner)).isPresent())
        .forEach(owner -> complaints.ownerElsewhere(editor, target, object, owner));
    if (alive.isEmpty()) {
      deleting.delete(editor, target, BACKGROUND, DELETE);
    } else {
      editor.put(target, Meta.withList(object, "ownerReferences", alive), PATCH);
    }
  }

  /** The owner exists, by uid, where the dependent may have owners: in its namespace or in none. */
  private boolean alive(Map<String, Object> dependent, Object owner) {
    return ownership
        .find(Ownership.uid(owner))
        .filter(key -> key.contains("//") || key.contains("/" + Meta.namespace(dependent) + "/"))
        .isPresent();
  }

  private void disown(
      Editor editor,
      Entry<Map<String, Object>> entry,
      Map<String, Object> owner,
      Function<String, Optional<ResourceType>> types) {
    List<Object> others =
        Meta.owners(entry.value()).stream()
            .filter(reference -> !Ownership.uid(reference).equals(Meta.uid(owner)))
            .toList();
    types
        .apply(entry.key())
        .ifPresent(
            type ->
                editor.put(
                    at(type, entry),
                    Meta.withList(entry.value(), "ownerReferences", others),
                    PATCH));
  }

  /** Takes a finalizer from an object, which goes if it waited for nothing else. */
  static void release(Editor editor, Target target, String finalizer) {
    editor
        .find(target.key())
        .ifPresent(
            object -> {
              Map<String, Object> released =
                  Meta.withList(
                      object,
                      "finalizers",
                      Meta.finalizers(object).stream()
                          .filter(name -> !name.equals(finalizer))
                          .toList());
              if (Deleting.finished(target.type(), released)) {
                editor.remove(target, released, DELETE);
              } else {
                editor.put(target, released, PATCH);
              }
            });
  }

  private List<Entry<Map<String, Object>>> dependents(Editor editor, Map<String, Object> owner) {
    return ownership.dependents(Meta.uid(owner)).stream()
        .flatMap(key -> editor.now().find(key).stream())
        .toList();
  }

  private static Target at(ResourceType type, Entry<Map<String, Object>> entry) {
    return new Target(type, Meta.namespace(entry.value()), Meta.name(entry.value()), "");
  }
}
