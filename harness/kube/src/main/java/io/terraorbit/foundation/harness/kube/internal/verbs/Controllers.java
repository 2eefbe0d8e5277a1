package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.kinds.Kinds;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's own controllers: garbage collection, namespaces, quotas, aggregated roles,
 * definitions of custom resources.
 *
 * <p>In a real cluster they run beside the server and lag behind it. Here they run to rest within
 * the write that gave them work, before its reply, so that a run repeats exactly; their writes are
 * commits of their own all the same. They look only at the present state, never at what an event
 * said, so a server that was forked halfway through their work takes it up again.
 */
final class Controllers {
  private final Supplier<Catalog> catalog;
  private final Ownership ownership;
  private final GarbageCollector garbage;
  private final NamespaceController namespaces;
  private final DefinitionController definitions;
  private final QuotaController quotas;
  private final RoleAggregation roles;
  private @Nullable WorkloadController workloads;
  private volatile boolean resumed;

  Controllers(
      RevisionStore<Map<String, Object>> store,
      Supplier<Catalog> catalog,
      Creating creating,
      Deleting deleting,
      Identity identity,
      InstantSource time) {
    this.catalog = catalog;
    this.ownership = new Ownership(store.latest());
    this.garbage =
        new GarbageCollector(ownership, deleting, new Complaints(catalog, creating, identity));
    this.namespaces = new NamespaceController(catalog, creating, deleting, identity);
    this.definitions = new DefinitionController(catalog, deleting, identity);
    this.quotas = new QuotaController(catalog, time);
    this.roles = new RoleAggregation(catalog);
    store.observe(ownership::see);
  }

  /** Adds the controllers of workloads; before anything else is called. */
  void run(WorkloadController controller) {
    workloads = controller;
  }

  Ownership ownership() {
    return ownership;
  }

  /** Sets the certificate that namespaces tell. */
  void trust(Supplier<String> authority) {
    namespaces.trust(authority);
  }

  /** From now on a definition is served only once {@link #establish} says so. */
  void holdDefinitions() {
    definitions.hold();
  }

  /** Serves the kinds of a definition whose names were accepted. */
  void establish(Editor editor, String key) {
    editor
        .find(key)
        .ifPresent(
            definition ->
                type(key)
                    .ifPresent(
                        type ->
                            definitions.finish(
                                editor,
                                new Target(type, "", Meta.name(definition), ""),
                                definition)));
  }

  /** Takes up what a predecessor left; only the first call does anything. */
  void resume(Editor editor) {
    if (!resumed) {
      resumed = true;
      Set<String> keys = new LinkedHashSet<>();
      editor.now().list("/").forEach(entry -> keys.add(entry.key()));
      keys.forEach(roles::see);
      quotas.resume(editor);
      if (workloads != null) {
        workloads.resume(editor);
      }
      work(editor, keys);
    }
  }

  /** Whether {@link #resume} was called. */
  boolean resumed() {
    return resumed;
  }

  /** Does all that follows from what the editor has committed. */
  void settle(Editor editor) {
    work(editor, new LinkedHashSet<>());
  }

  private void work(Editor editor, Set<String> keys) {
    Deque<String> queue = new ArrayDeque<>(keys);
    while (true) {
      for (Event<Map<String, Object>> event = editor.committed().poll();
          event != null;
          event = editor.committed().poll()) {
        queue.add(event.key());
        if (QuotaController.isQuota(event.key())) {
          queue.add(Namespaces.PREFIX + Meta.namespace(event.after()));
        }
        StorageProtection.see(event, queue);
        quotas.see(event, type(event.key()).orElse(null));
        roles.see(event.key());
        if (workloads != null) {
          workloads.see(editor, event);
        }
        if (event.kind() == Event.Kind.DELETED) {
          followUps(editor, event, queue);
        }
      }
      String key = queue.poll();
      if (key != null) {
        editor.now().find(key).ifPresent(entry -> consider(editor, entry));
      } else if (!quotas.settle(editor)
          && !roles.settle(editor)
          && !(workloads != null && workloads.step(editor))) {
        return;
      }
    }
  }

  /** Who may go on now that an object is gone: what it owned, its owners, and where it lived. */
  private void followUps(Editor editor, Event<Map<String, Object>> event, Deque<String> queue) {
    Map<String, Object> gone = event.after();
    queue.addAll(ownership.dependents(Meta.uid(gone)));
    Meta.owners(gone).stream()
        .flatMap(owner -> ownership.find(Ownership.uid(owner)).stream())
        .forEach(queue::add);
    if (!Meta.namespace(gone).isEmpty()) {
      queue.add(Namespaces.PREFIX + Meta.namespace(gone));
    }
    type(event.key())
        .filter(ResourceType::custom)
        .ifPresent(type -> queue.add(DefinitionController.key(type)));
    if (DefinitionController.isDefinition(event.key())) {
      definitions.waiting(editor, gone).forEach(queue::add);
    }
  }

  private void consider(Editor editor, Entry<Map<String, Object>> entry) {
    type(entry.key())
        .ifPresent(
            type -> {
              Map<String, Object> object = entry.value();
              Target target = new Target(type, Meta.namespace(object), Meta.name(object), "");
              switch (type.subject("").qualified()) {
                case Kinds.NAMESPACE -> namespaces.reconcile(editor, target, object);
                case Kinds.DEFINITION -> definitions.reconcile(editor, target, object);
                default -> {}
              }
              StorageProtection.reconcile(editor, target, object);
              garbage.reconcile(editor, target, this::type);
            });
  }

  private Optional<ResourceType> type(String key) {
    return catalog.get().findByKey(key);
  }
}
