package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of delete: preconditions, finalizers, grace. */
final class Deleting {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";
  static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private static final long DEFAULT_POD_GRACE = 30;
  private static final long MAX_POD_GRACE = 1_000_000_000;

  private final Identity identity;

  Deleting(Identity identity) {
    this.identity = identity;
  }

  Outcome delete(Editor editor, Target target, DeleteOptions wanted, WriteOptions options) {
    Map<String, Object> before =
        editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
    checkPreconditions(target, wanted, before);
    if (target.type().prefix().equals("/core/namespaces/")
        && Namespaces.UNDELETABLE.contains(target.name())) {
      throw Refusals.forbidden(target.subject(), "this namespace may not be deleted");
    }
    Map<String, Object> marked = marked(target.type(), before, wanted);
    if (!finished(target.type(), marked)) {
      return Outcome.ok(marked.equals(before) ? before : editor.put(target, marked, options));
    }
    boolean tells = isPod(target.type());
    if (tells) {
      editor.put(target, marked, options);
    }
    Map<String, Object> last = tells || Meta.deleting(before) ? marked : before;
    Map<String, Object> gone = editor.remove(target, last, options);
    return Outcome.ok(target.type().has(Flag.RETURNED) ? gone : success(target, before));
  }

  /** Only Pods end gracefully: even where nothing is left to wait for, they first say that. */
  private static boolean isPod(ResourceType type) {
    return type.prefix().equals("/core/pods/");
  }

  /** Whether an object that is being deleted has nothing left that holds it. */
  static boolean finished(ResourceType type, Map<String, Object> object) {
    return Meta.deleting(object)
        && Meta.finalizers(object).isEmpty()
        && !(type.prefix().equals("/core/namespaces/")
            && !Values.listAt(object, "spec", "finalizers").isEmpty())
        && grace(object) == 0;
  }

  private static long grace(Map<String, Object> object) {
    return Values.at(object, "metadata", "deletionGracePeriodSeconds").orElse(null)
            instanceof Long seconds
        ? seconds
        : 0;
  }

  private Map<String, Object> marked(
      ResourceType type, Map<String, Object> before, DeleteOptions wanted) {
    long grace = wantedGrace(type, before, wanted);
    if (Meta.deleting(before)) {
      return grace < grace(before) ? shortened(before, grace) : before;
    }
    Map<String, Object> marked = Meta.with(before, "deletionTimestamp", identity.later(grace));
    if (Meta.generation(before) > 0) {
      marked = Meta.with(marked, "generation", Meta.generation(before) + 1);
    }
    marked = Meta.withList(marked, "finalizers", finalizers(type, before, wanted));
    return switch (type.subject("").qualified()) {
      case Kinds.NAMESPACE -> Values.with(marked, "Terminating", "status", "phase");
      case Kinds.DEFINITION ->
          Values.with(terminating(marked), 0L, "metadata", "deletionGracePeriodSeconds");
      default -> Meta.with(marked, "deletionGracePeriodSeconds", grace);
    };
  }

  /** A deletion that is to end sooner; it never ends later. */
  private Map<String, Object> shortened(Map<String, Object> before, long grace) {
    Instant end = Instant.parse(Meta.text(before, "deletionTimestamp"));
    String sooner = end.minusSeconds(grace(before) - grace).toString();
    return Meta.with(
        Meta.with(before, "deletionGracePeriodSeconds", grace), "deletionTimestamp", sooner);
  }

  private static List<Object> finalizers(
      ResourceType type, Map<String, Object> before, DeleteOptions wanted) {
    List<Object> finalizers = new ArrayList<>(Meta.finalizers(before));
    String propagation = wanted.propagation();
    if (propagation.isEmpty() && finalizers.contains(FOREGROUND)) {
      propagation = "Foreground";
    } else if (propagation.isEmpty() && (finalizers.contains(ORPHAN) || type.has(Flag.ORPHAN))) {
      propagation = "Orphan";
    }
    finalizers.removeAll(List.of(FOREGROUND, ORPHAN));
    switch (propagation) {
      case "Foreground" -> finalizers.add(FOREGROUND);
      case "Orphan" -> finalizers.add(ORPHAN);
      default -> {}
    }
    if (type.subject("").qualified().equals(Kinds.DEFINITION) && !finalizers.contains(CLEANUP)) {
      finalizers.add(CLEANUP);
    }
    return finalizers;
  }

  private Map<String, Object> terminating(Map<String, Object> definition) {
    return Conditions.set(
        definition,
        identity.now(),
        new Conditions.Condition(
            "Terminating",
            "True",
            "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"));
  }

  private static long wantedGrace(
      ResourceType type, Map<String, Object> before, DeleteOptions wanted) {
    return Math.min(MAX_POD_GRACE, uncappedGrace(type, before, wanted));
  }

  private static long uncappedGrace(
      ResourceType type, Map<String, Object> before, DeleteOptions wanted) {
    String phase = Values.string(before, "status", "phase").orElse("");
    if (!isPod(type)
        || Values.string(before, "spec", "nodeName").orElse("").isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0;
    }
    if (wanted.graceSeconds() >= 0) {
      return wanted.graceSeconds();
    }
    return Values.at(before, "spec", "terminationGracePeriodSeconds").orElse(null)
            instanceof Long seconds
        ? seconds
        : DEFAULT_POD_GRACE;
  }

  private static void checkPreconditions(
      Target target, DeleteOptions wanted, Map<String, Object> before) {
    if (!wanted.uid().isEmpty() && !wanted.uid().equals(Meta.uid(before))) {
      throw Refusals.deleteConflict(
          target.subject(),
          ("the UID in the precondition (%s) does not match the UID in record (%s). The object"
                  + " might have been deleted and then recreated")
              .formatted(wanted.uid(), Meta.uid(before)));
    }
    String revision = Meta.text(before, "resourceVersion");
    if (!wanted.resourceVersion().isEmpty() && !wanted.resourceVersion().equals(revision)) {
      throw Refusals.deleteConflict(
          target.subject(),
          ("the ResourceVersion in the precondition (%s) does not match the ResourceVersion in"
                  + " record (%s). The object might have been modified")
              .formatted(wanted.resourceVersion(), revision));
    }
  }

  private static Map<String, Object> success(Target target, Map<String, Object> before) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", target.name());
    if (!target.type().group().isEmpty()) {
      details.put("group", target.type().group());
    }
    details.put("kind", target.type().plural());
    details.put("uid", Meta.uid(before));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Success");
    status.put("details", details);
    return status;
  }
}
