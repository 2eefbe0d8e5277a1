package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionUnavailableException;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.harness.kube.internal.store.Watching;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The rules of watch. */
final class Watches {
  private static final Map<String, Object> INITIAL_EVENTS_END =
      Map.of("k8s.io/initial-events-end", "true");

  private final RevisionStore<Map<String, Object>> store;
  private final int maxWaiting;
  private final Map<LiveWatch, Target> live = new ConcurrentHashMap<>();

  Watches(RevisionStore<Map<String, Object>> store, int maxWaiting) {
    this.store = store;
    this.maxWaiting = maxWaiting;
  }

  LiveWatch open(Target target, WatchOptions options) {
    options.check();
    options.list().revision();
    LiveWatch watch = new LiveWatch(maxWaiting);
    live.put(watch, target);
    store.exclusively(
        () -> {
          try {
            begin(watch, target, options);
          } catch (RevisionUnavailableException e) {
            live.remove(watch);
            watch.addInitial(
                new WatchEvent(
                    "ERROR", Refusals.tooOldResourceVersion(e.asked(), e.oldest()).status()));
            watch.end();
          }
        });
    return watch;
  }

  /** Sends a bookmark, which says how far the watch has got. */
  void bookmark(LiveWatch watch) {
    Target target = live.get(watch);
    if (target != null) {
      store.exclusively(() -> watch.add(bookmark(target.type(), store.revision(), Map.of())));
    }
  }

  /** Ends the watches of a kind that is no more. */
  void end(String prefix) {
    live.forEach(
        (watch, target) -> {
          if (target.type().prefix().equals(prefix)) {
            watch.end();
          }
        });
  }

  void endAll() {
    live.keySet().forEach(LiveWatch::end);
  }

  private void begin(LiveWatch watch, Target target, WatchOptions options) {
    boolean fromState = options.beginsWithState();
    long after = fromState ? options.list().asOf() : options.list().revision();
    View view = new View(target.type(), options.list());
    Watching<Map<String, Object>> watching =
        store.watch(
            target.type().prefix(target.namespace()),
            after,
            event -> view.see(event).ifPresent(watch::add));
    watch.stopWith(
        () -> {
          watching.stop().run();
          live.remove(watch);
        });
    if (fromState) {
      Snapshot<Map<String, Object>> state = begun(watching, after);
      for (Entry<Map<String, Object>> entry :
          state.list(target.type().prefix(target.namespace()))) {
        view.present(entry.value()).ifPresent(watch::addInitial);
      }
      if (options.marksEndOfState()) {
        markEnd(watch, target, state.revision(), options.list().revision());
      }
    }
    watching.replay().forEach(event -> view.see(event).ifPresent(watch::addInitial));
  }

  /** The state that a watch begins with: the newest, or that of a revision. */
  private Snapshot<Map<String, Object>> begun(Watching<Map<String, Object>> watching, long asOf) {
    return asOf == 0 ? watching.snapshot() : store.at(asOf);
  }

  /** Tells that the present state was sent, once it is as new as was asked for. */
  private void markEnd(LiveWatch watch, Target target, long present, long wanted) {
    if (present >= wanted) {
      watch.addInitial(bookmark(target.type(), present, INITIAL_EVENTS_END));
      return;
    }
    // Registered after the watch's own sink, so that the bookmark comes after what it speaks of.
    AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
    Watching<Map<String, Object>> clock =
        store.watch(
            "/",
            0,
            event -> {
              if (event.revision() >= wanted) {
                stop.getAndSet(() -> {}).run();
                watch.add(bookmark(target.type(), event.revision(), INITIAL_EVENTS_END));
              }
            });
    stop.set(clock.stop());
    watch.alsoStopWith(() -> stop.getAndSet(() -> {}).run());
  }

  private static WatchEvent bookmark(
      ResourceType type, long revision, Map<String, Object> annotations) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", String.valueOf(revision));
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", type.kind());
    object.put("apiVersion", type.apiVersion());
    object.put("metadata", metadata);
    return new WatchEvent("BOOKMARK", object);
  }

  /** What one watcher sees of an event, through its selectors. */
  private record View(ResourceType type, ListOptions options) {
    Optional<WatchEvent> present(Map<String, Object> object) {
      Map<String, Object> shown = Versioned.as(type, object);
      return options.selects(shown)
          ? Optional.of(new WatchEvent("ADDED", shown))
          : Optional.empty();
    }

    Optional<WatchEvent> see(Event<Map<String, Object>> event) {
      Map<String, Object> after = Versioned.as(type, event.after());
      Map<String, Object> before = event.before();
      boolean was = before != null && options.selects(Versioned.as(type, before));
      boolean is = event.kind() != Event.Kind.DELETED && options.selects(after);
      if (was && is) {
        return Optional.of(new WatchEvent("MODIFIED", after));
      }
      if (is) {
        return Optional.of(new WatchEvent("ADDED", after));
      }
      if (!was || before == null) {
        return Optional.empty();
      }
      Map<String, Object> last =
          event.kind() == Event.Kind.DELETED
              ? after
              : Meta.withRevision(Versioned.as(type, before), event.revision());
      return Optional.of(new WatchEvent("DELETED", last));
    }
  }
}
