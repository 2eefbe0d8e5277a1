package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.KindRules;
import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules of create. */
final class Creating {
  private static final int NAME_TRIES = 8;

  private final Identity identity;
  private final Admission admission;

  Creating(Identity identity, Admission admission) {
    this.identity = identity;
    this.admission = admission;
  }

  Outcome create(Editor editor, Target target, Map<String, Object> body, WriteOptions options) {
    ResourceType type = target.type();
    checkDefinition(editor, type);
    Incoming incoming = Incoming.decode(target, Body.of(body), options);
    Map<String, Object> object = incoming.object();
    if (!target.name().isEmpty() && Meta.name(object).isEmpty()) {
      object = Meta.with(object, "name", target.name());
    }
    object = named(editor, target, object);
    Target named = target.named(Meta.name(object));
    checkNamespace(editor, named);
    if (!Meta.text(object, "resourceVersion").isEmpty()) {
      throw Refusals.bare("resourceVersion should not be set on objects to be created");
    }
    object = admission.complete(editor, named, object);
    Map<String, Object> fresh = fresh(type, Meta.without(object, "resourceVersion"));
    List<FieldError> errors = Incoming.problems(type, fresh);
    if (!errors.isEmpty()) {
      throw Refusals.invalid(type.kept(named.name()), errors);
    }
    fresh = type.custom() ? fresh : Kinds.of(type).onValid(fresh);
    admission.check(editor, named, null, fresh);
    editor
        .find(named.key())
        .ifPresent(
            existing -> {
              throw Refusals.alreadyExists(named.subject(), Meta.deleting(existing));
            });
    List<String> warnings = new ArrayList<>(incoming.warnings());
    if (!type.custom()) {
      warnings.addAll(Kinds.of(type).warnings(fresh));
    }
    return new Outcome(201, editor.put(named, fresh, options), warnings);
  }

  private Map<String, Object> named(Editor editor, Target target, Map<String, Object> object) {
    String base = Meta.text(object, "generateName");
    if (!Meta.name(object).isEmpty() || base.isEmpty()) {
      return object;
    }
    String name = identity.name(base);
    for (int tries = 1; tries < NAME_TRIES && taken(editor, target, name); tries++) {
      name = identity.name(base);
    }
    return Meta.with(object, "name", name);
  }

  private static boolean taken(Editor editor, Target target, String name) {
    return editor.find(target.named(name).key()).isPresent();
  }

  private static void checkDefinition(Editor editor, ResourceType type) {
    if (type.custom()
        && editor.find(DefinitionController.key(type)).filter(Meta::deleting).isPresent()) {
      throw Refusals.methodNotAllowed();
    }
  }

  private static void checkNamespace(Editor editor, Target target) {
    if (!target.type().namespaced()) {
      return;
    }
    Map<String, Object> namespace = Namespaces.find(editor.now(), target.namespace());
    if (Meta.deleting(namespace)) {
      throw Refusals.namespaceTerminating(target.subject(), target.namespace());
    }
  }

  private Map<String, Object> fresh(ResourceType type, Map<String, Object> object) {
    Map<String, Object> fresh = Meta.with(object, "uid", identity.uid());
    fresh = Meta.with(fresh, "creationTimestamp", identity.now());
    fresh = Meta.without(fresh, "deletionTimestamp");
    fresh = Meta.without(fresh, "deletionGracePeriodSeconds");
    if (type.has(Flag.GENERATION) && !type.has(Flag.LATE_GENERATION)) {
      fresh = Meta.with(fresh, "generation", 1L);
    } else if (type.custom() || Meta.generation(fresh) == 0) {
      fresh = Meta.without(fresh, "generation");
    }
    if (type.custom()) {
      return type.hasStatus() ? Values.without(fresh, "status") : fresh;
    }
    KindRules rules = Kinds.of(type);
    return rules.onCreate(
        type.hasStatus() ? Values.with(fresh, rules.firstStatus(fresh), "status") : fresh);
  }
}
