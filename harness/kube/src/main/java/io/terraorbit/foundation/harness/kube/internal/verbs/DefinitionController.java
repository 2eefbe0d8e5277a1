package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Approval;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.verbs.Conditions.Condition;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Establishes definitions of custom resources, and cleans up after those that end. */
final class DefinitionController {
  private static final WriteOptions UPDATE = WriteOptions.system("apiserver", "update");
  private static final WriteOptions DELETE = WriteOptions.system("apiserver", "delete");
  private static final DeleteOptions BACKGROUND = DeleteOptions.propagating("Background");
  private static final String PREFIX = "/apiextensions.k8s.io/customresourcedefinitions//";

  private static final String INITIAL = "the initial names have been accepted";
  private static final Condition ESTABLISHED =
      new Condition("Established", "True", "InitialNamesAccepted", INITIAL);
  private static final Condition INSTALLING =
      new Condition("Established", "False", "Installing", INITIAL);
  private static final Condition NOT_ACCEPTED =
      new Condition("Established", "False", "NotAccepted", "not all names are accepted");

  private final Supplier<Catalog> catalog;
  private final Deleting deleting;
  private final Identity identity;
  private volatile boolean held;

  DefinitionController(Supplier<Catalog> catalog, Deleting deleting, Identity identity) {
    this.catalog = catalog;
    this.deleting = deleting;
    this.identity = identity;
  }

  /** The key of the definition that a kind comes from. */
  static String key(ResourceType type) {
    return PREFIX + type.plural() + "." + type.group();
  }

  /** Whether an object's key is that of a definition. */
  static boolean isDefinition(String key) {
    return key.startsWith(PREFIX);
  }

  void reconcile(Editor editor, Target target, Map<String, Object> definition) {
    if (Meta.deleting(definition)) {
      cleanUp(editor, target, definition);
      return;
    }
    establish(editor, target, definition);
    // What this one gave up, another may have waited for.
    for (Map<String, Object> other : siblings(editor, definition)) {
      if (!Meta.deleting(other) && !Conditions.holds(other, "NamesAccepted")) {
        establish(editor, target.named(Meta.name(other)), other);
      }
    }
  }

  private void establish(Editor editor, Target target, Map<String, Object> definition) {
    DefinitionNames names = DefinitionNames.decide(definition, siblings(editor, definition));
    List<Condition> conditions = new ArrayList<>(List.of(names.condition()));
    if (!Definition.established(definition)) {
      conditions.add(names.allAccepted() ? accepted() : NOT_ACCEPTED);
    }
    Approval.of(definition)
        .map(
            approval ->
                new Condition(
                    "KubernetesAPIApprovalPolicyConformant",
                    approval.approved() ? "True" : "False",
                    approval.reason(),
                    approval.message()))
        .ifPresent(conditions::add);
    Map<String, Object> established =
        Conditions.set(
            Values.with(definition, names.accepted(), "status", "acceptedNames"),
            identity.now(),
            conditions.toArray(new Condition[0]));
    if (!established.equals(definition)) {
      editor.put(new Target(target.type(), "", target.name(), "status"), established, UPDATE);
    }
  }

  /** From now on definitions whose names were accepted wait for {@link #finish}. */
  void hold() {
    held = true;
  }

  /** Whether a commit is that of a definition that begins to wait. */
  static boolean waits(Event<Map<String, Object>> event) {
    return isDefinition(event.key())
        && event.kind() != Event.Kind.DELETED
        && installing(event.after())
        && (event.before() == null || !installing(event.before()));
  }

  /** Ends the wait of a definition. */
  void finish(Editor editor, Target target, Map<String, Object> definition) {
    if (installing(definition) && !Meta.deleting(definition)) {
      Map<String, Object> established = Conditions.set(definition, identity.now(), ESTABLISHED);
      editor.put(new Target(target.type(), "", target.name(), "status"), established, UPDATE);
    }
  }

  private Condition accepted() {
    return held ? INSTALLING : ESTABLISHED;
  }

  /** Whether a definition waits. */
  static boolean installing(Map<String, Object> definition) {
    return Values.listAt(definition, "status", "conditions").stream()
        .anyMatch(
            condition -> Values.string(condition, "reason").orElse("").equals(INSTALLING.reason()));
  }

  /** The keys of definitions that may get their names now that another one is gone. */
  List<String> waiting(Editor editor, Map<String, Object> gone) {
    return siblings(editor, gone).stream().map(other -> PREFIX + Meta.name(other)).toList();
  }

  /** The other definitions of a group. */
  private static List<Map<String, Object>> siblings(Editor editor, Map<String, Object> definition) {
    Object group = Values.at(definition, "spec", "group").orElse("");
    return editor.now().list(PREFIX).stream()
        .map(Entry::value)
        .filter(other -> Values.at(other, "spec", "group").orElse("").equals(group))
        .filter(other -> !Meta.name(other).equals(Meta.name(definition)))
        .toList();
  }

  private void cleanUp(Editor editor, Target target, Map<String, Object> definition) {
    if (!Meta.finalizers(definition).contains(Deleting.CLEANUP)) {
      return;
    }
    ResourceType type = Definition.read(definition).stored().orElse(null);
    boolean own = type != null && !catalog.get().hasBuiltIn(type.group(), type.plural());
    if (type == null || !own || !remain(editor, type)) {
      release(editor, target, definition);
      return;
    }
    Map<String, Object> pending =
        Conditions.set(
            definition,
            identity.now(),
            new Condition(
                "Terminating",
                "True",
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress"));
    if (!pending.equals(definition)) {
      editor.put(new Target(target.type(), "", target.name(), "status"), pending, UPDATE);
    }
  }

  /** Deletes all objects of a kind; whether there are any that something holds. */
  private boolean remain(Editor editor, ResourceType type) {
    for (Entry<Map<String, Object>> entry : editor.now().list(type.prefix())) {
      Map<String, Object> object = entry.value();
      if (!Meta.deleting(object)) {
        deleting.delete(
            editor,
            new Target(type, Meta.namespace(object), Meta.name(object), ""),
            BACKGROUND,
            DELETE);
      }
    }
    return !editor.now().list(type.prefix()).isEmpty();
  }

  private static void release(Editor editor, Target target, Map<String, Object> definition) {
    Map<String, Object> released =
        Meta.withList(
            definition,
            "finalizers",
            Meta.finalizers(definition).stream()
                .filter(name -> !name.equals(Deleting.CLEANUP))
                .toList());
    if (Deleting.finished(target.type(), released)) {
      editor.remove(target, released, DELETE);
    } else {
      editor.put(target, released, UPDATE);
    }
  }
}
