package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.admission.Placement;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Lets volumes, claims and their classes of attributes go once nothing uses them: a claim once no
 * Pod with a node has it, a volume once it is not bound, a class once no claim or volume names it.
 */
final class StorageProtection {
  private static final String PODS = "/core/pods/";
  private static final String ATTRIBUTES = "volumeAttributesClassName";

  private StorageProtection() {}

  /** Adds what may go because of a change. */
  static void see(Event<Map<String, Object>> event, Queue<String> queue) {
    Map<String, Object> after = event.after();
    if (event.key().startsWith(PODS) && event.kind() == Event.Kind.DELETED) {
      for (Object volume : Values.listAt(after, "spec", "volumes")) {
        claim(volume)
            .forEach(name -> queue.add(Placement.CLAIMS + Meta.namespace(after) + "/" + name));
      }
    } else if (event.key().startsWith(Placement.CLAIMS)
        || event.key().startsWith(Placement.VOLUMES)) {
      Values.string(after, "spec", ATTRIBUTES)
          .ifPresent(name -> queue.add(Placement.ATTRIBUTES + "/" + name));
    }
  }

  /** Takes the finalizer from an object that goes and is not in use. */
  static void reconcile(Editor editor, Target target, Map<String, Object> object) {
    if (!Meta.deleting(object)) {
      return;
    }
    switch (target.type().prefix()) {
      case Placement.CLAIMS ->
          release(editor, target, Placement.CLAIM_IN_USE, used(editor, object));
      case Placement.VOLUMES ->
          release(
              editor,
              target,
              Placement.VOLUME_IN_USE,
              Values.string(object, "status", "phase").orElse("").equals("Bound"));
      case Placement.ATTRIBUTES ->
          release(
              editor,
              target,
              Placement.ATTRIBUTES_IN_USE,
              named(editor, Placement.CLAIMS, object) || named(editor, Placement.VOLUMES, object));
      default -> {}
    }
  }

  private static void release(Editor editor, Target target, String finalizer, boolean inUse) {
    boolean held =
        editor.find(target.key()).filter(o -> Meta.finalizers(o).contains(finalizer)).isPresent();
    if (held && !inUse) {
      GarbageCollector.release(editor, target, finalizer);
    }
  }

  private static boolean used(Editor editor, Map<String, Object> claim) {
    return editor.now().list(PODS + Meta.namespace(claim) + "/").stream()
        .map(entry -> entry.value())
        .filter(pod -> !Values.string(pod, "spec", "nodeName").orElse("").isEmpty())
        .flatMap(pod -> Values.listAt(pod, "spec", "volumes").stream())
        .anyMatch(volume -> claim(volume).contains(Meta.name(claim)));
  }

  private static boolean named(Editor editor, String prefix, Map<String, Object> attributes) {
    return editor.now().list(prefix).stream()
        .anyMatch(
            entry ->
                Values.string(entry.value(), "spec", ATTRIBUTES)
                    .filter(Meta.name(attributes)::equals)
                    .isPresent());
  }

  private static List<String> claim(Object volume) {
    return Values.string(volume, "persistentVolumeClaim", "claimName").stream().toList();
  }
}
