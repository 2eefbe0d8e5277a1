package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.workloads.Kind;
import io.terraorbit.foundation.harness.kube.internal.workloads.Objects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the controllers of workloads read and write within one write. */
final class WorkloadObjects implements Objects {
  /** What every write of theirs needs. Immutable. */
  record Verbs(
      Catalog catalog,
      Creating creating,
      Updating updating,
      Deleting deleting,
      Binding binding,
      Identity identity,
      Ownership ownership) {}

  private static final DeleteOptions AT_ONCE = new DeleteOptions("", "", "", 0, false);

  private final Verbs verbs;
  private final Editor editor;

  WorkloadObjects(Verbs verbs, Editor editor) {
    this.verbs = verbs;
    this.editor = editor;
  }

  @Override
  public Optional<Map<String, Object>> find(Kind kind, String namespace, String name) {
    return editor.find(type(kind).key(namespace, name));
  }

  @Override
  public List<Map<String, Object>> list(Kind kind, String namespace) {
    String prefix = namespace.isEmpty() ? kind.prefix() : type(kind).prefix(namespace);
    return editor.now().list(prefix).stream().map(Entry::value).toList();
  }

  @Override
  public List<Map<String, Object>> owned(Kind kind, String ownerUid) {
    return verbs.ownership().dependents(ownerUid).stream()
        .filter(key -> key.startsWith(kind.prefix()))
        .flatMap(key -> editor.find(key).stream())
        .toList();
  }

  @Override
  public boolean counted(String namespace) {
    return !editor.now().list("/core/resourcequotas/" + namespace + "/").isEmpty();
  }

  @Override
  public Optional<String> create(Kind kind, Map<String, Object> object, String by) {
    Target target = new Target(type(kind), Meta.namespace(object), "", "");
    try {
      verbs.creating().create(editor, target, object, options(by, "create"));
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void update(Kind kind, Map<String, Object> object, String by) {
    change(kind, object, "", by);
  }

  @Override
  public void updateStatus(Kind kind, Map<String, Object> object, String by) {
    change(kind, object, "status", by);
  }

  private void change(Kind kind, Map<String, Object> object, String subresource, String by) {
    Patch change = now -> Meta.keep(object, now, "resourceVersion");
    try {
      verbs
          .updating()
          .patch(editor, target(kind, object, subresource), change, options(by, "update"));
    } catch (ApiException e) {
      // It is gone, or not valid any more: who changes it next brings it here again.
    }
  }

  @Override
  public void delete(Kind kind, Map<String, Object> object, String by) {
    remove(kind, object, DeleteOptions.NONE, by);
  }

  @Override
  public void bind(Map<String, Object> pod, String node, String by) {
    Target target = target(Kind.POD, pod, "binding");
    Map<String, Object> binding =
        Map.of(
            "metadata", Map.of("name", Meta.name(pod)),
            "target", Map.of("kind", "Node", "name", node));
    try {
      verbs.binding().bind(editor, target, binding, options(by, "create"));
    } catch (ApiException e) {
      // Somebody else was quicker.
    }
  }

  @Override
  public void finish(Map<String, Object> pod, String by) {
    remove(Kind.POD, pod, AT_ONCE, by);
  }

  private void remove(Kind kind, Map<String, Object> object, DeleteOptions how, String by) {
    try {
      verbs.deleting().delete(editor, target(kind, object, ""), how, options(by, "delete"));
    } catch (ApiException e) {
      // It is gone already.
    }
  }

  @Override
  public Instant now() {
    return Instant.parse(verbs.identity().now());
  }

  private Target target(Kind kind, Map<String, Object> object, String subresource) {
    return new Target(type(kind), Meta.namespace(object), Meta.name(object), subresource);
  }

  private ResourceType type(Kind kind) {
    return verbs.catalog().findKind(kind.apiVersion(), kind.kind()).orElseThrow();
  }

  private static WriteOptions options(String by, String verb) {
    return WriteOptions.system(
        by.startsWith("kube") ? by : "serviceaccount:kube-system:" + by, verb);
  }
}
