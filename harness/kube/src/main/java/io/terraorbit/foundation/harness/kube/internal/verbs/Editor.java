package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.access.Users;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.Origin;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.harness.kube.internal.store.Transaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** The one way to the store's write side: no commit for a user who was cut off. */
final class Editor {
  private final Transaction<Map<String, Object>> transaction;
  private final Users users;
  private final Deque<Event<Map<String, Object>>> committed = new ArrayDeque<>();

  Editor(Transaction<Map<String, Object>> transaction, Users users) {
    this.transaction = transaction;
    this.users = users;
  }

  Snapshot<Map<String, Object>> now() {
    return transaction.now();
  }

  Optional<Map<String, Object>> find(String key) {
    return now().find(key).map(Entry::value);
  }

  /**
   * Commits an object, unless it is only a dry run.
   *
   * @return the object with its revision; in a dry run, as it came
   */
  Map<String, Object> put(Target target, Map<String, Object> object, WriteOptions options) {
    if (options.dryRun()) {
      return object;
    }
    users.check(options.user());
    ResourceType type = target.type();
    Map<String, Object> stored =
        Meta.ordered(Versioned.forKeeping(type, object), type.storedApiVersion(), type.kind());
    Event<Map<String, Object>> event =
        transaction.put(
            type.key(Meta.namespace(object), Meta.name(object)),
            revision -> Meta.withRevision(stored, revision),
            origin(target, options));
    committed.add(event);
    return event.after();
  }

  /** Commits a removal, unless it is only a dry run. */
  Map<String, Object> remove(Target target, Map<String, Object> last, WriteOptions options) {
    if (options.dryRun()) {
      return last;
    }
    users.check(options.user());
    ResourceType type = target.type();
    Map<String, Object> stored = Meta.ordered(last, type.storedApiVersion(), type.kind());
    Event<Map<String, Object>> event =
        transaction.delete(
            type.key(Meta.namespace(last), Meta.name(last)),
            revision -> Meta.withRevision(stored, revision),
            origin(target, options));
    committed.add(event);
    return event.after();
  }

  /** The commits that the server's own controllers have not looked at yet. */
  Deque<Event<Map<String, Object>>> committed() {
    return committed;
  }

  private static Origin origin(Target target, WriteOptions options) {
    return new Origin(options.user(), options.verb(), target.subresource());
  }
}
