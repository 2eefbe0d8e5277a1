package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Puts a Pod on a node, as a scheduler does. */
final class Binding {
  /** What the keys of bindings would begin with, if they were kept. */
  static final String PREFIX = "/core/bindings/";

  private final Identity identity;

  Binding(Identity identity) {
    this.identity = identity;
  }

  /** The Pod that a binding of its own, not below a Pod, is about. */
  static Target target(Catalog catalog, Target collection, Map<String, Object> body) {
    return new Target(
        catalog.findKind("v1", "Pod").orElseThrow(),
        collection.namespace(),
        Values.string(body, "metadata", "name").orElse(""),
        "binding");
  }

  Outcome bind(Editor editor, Target target, Map<String, Object> sent, WriteOptions options) {
    Posted posted = Posted.decode(target, sent, options);
    posted.requireName(target, "Binding");
    Map<String, Object> body = posted.object();
    String node = Values.string(body, "target", "name").orElse("");
    String kind = Values.string(body, "target", "kind").orElse("");
    Subject binding = new Subject("", "bindings", "Binding", target.name());
    if (!kind.isEmpty() && !kind.equals("Node") && !kind.equals("Minion")) {
      throw Refusals.invalid(
          binding,
          List.of(FieldError.notSupported("target.kind", kind, List.of("Node", "<empty>"))));
    }
    if (node.isEmpty()) {
      throw Refusals.invalid(binding, List.of(FieldError.required("target.name", "")));
    }
    Map<String, Object> pod =
        editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
    String uid = Values.string(body, "metadata", "uid").orElse("");
    if (!uid.isEmpty() && !uid.equals(Meta.uid(pod))) {
      throw conflict(
          target,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Meta.uid(pod)));
    }
    check(target, pod);
    Map<String, Object> bound = Values.with(pod, node, "spec", "nodeName");
    for (Map.Entry<String, Object> note :
        Values.objectAt(body, "metadata", "annotations").entrySet()) {
      bound = Values.with(bound, note.getValue(), "metadata", "annotations", note.getKey());
    }
    bound = Conditions.set(bound, identity.now(), Conditions.scheduled());
    editor.put(target, bound, options);
    return new Outcome(201, Outcome.success(201), posted.warnings());
  }

  private static void check(Target target, Map<String, Object> pod) {
    if (Meta.deleting(pod)) {
      throw conflict(
          target, "pod %s is being deleted, cannot be assigned to a host".formatted(target.name()));
    }
    String node = Values.string(pod, "spec", "nodeName").orElse("");
    if (!node.isEmpty()) {
      throw conflict(
          target, "pod %s is already assigned to node \"%s\"".formatted(target.name(), node));
    }
    if (!Values.listAt(pod, "spec", "schedulingGates").isEmpty()) {
      throw conflict(target, "pod %s has non-empty .spec.schedulingGates".formatted(target.name()));
    }
  }

  private static ApiException conflict(Target target, String why) {
    return Refusals.conflict(new Subject("", "pods/binding", "Binding", target.name()), why);
  }
}
