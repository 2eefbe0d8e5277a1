package io.terraorbit.foundation.harness.kube.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * A sorted map that remembers its revisions. Safe for many threads.
 *
 * <p>One counter numbers all writes, removals too. Each write makes a new root of a persistent map;
 * the last roots are kept up to a bound of number and of age, together with the event that led to
 * each. From that follow reads at a revision, watches from a revision, and forks.
 *
 * <p>One lock orders everything: a writer commits, tells the observers and feeds the watchers under
 * it, and a watch collects what it has missed and registers under it, so that no event falls
 * between. Readers take the newest root without the lock.
 *
 * @param <V> the values, which must be immutable
 */
public final class RevisionStore<V> {
  private final Retention retention;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, Moment<V>> moments = new TreeMap<>();
  private final List<Consumer<Event<V>>> observers = new CopyOnWriteArrayList<>();
  private final List<Watcher<V>> watchers = new CopyOnWriteArrayList<>();
  private volatile Snapshot<V> latest;

  /** Begins empty at revision 1. */
  public RevisionStore(Retention retention) {
    this(new Snapshot<>(1, TreePMap.empty()), retention);
  }

  private RevisionStore(Snapshot<V> start, Retention retention) {
    this.retention = retention;
    this.latest = start;
    moments.put(start.revision(), new Moment<>(start, null, retention.now()));
  }

  public Snapshot<V> latest() {
    return latest;
  }

  public long revision() {
    return latest.revision();
  }

  /** The oldest revision that is still kept. */
  public long oldest() {
    return locked(
        () -> {
          expire();
          return moments.firstKey();
        });
  }

  /**
   * The state at a revision.
   *
   * @throws RevisionUnavailableException if it is not kept
   */
  public Snapshot<V> at(long revision) {
    return locked(() -> moment(revision).snapshot());
  }

  /** Runs a writer alone, with the right to commit any number of writes. */
  public <R> R write(Function<Transaction<V>, R> writer) {
    return locked(() -> writer.apply(new Writer()));
  }

  /** Runs something alone, between two commits. Reentrant, also from an observer. */
  public void exclusively(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an observer of all commits, called under the lock before the writer goes on.
   *
   * @return takes it away again
   */
  public Runnable observe(Consumer<Event<V>> observer) {
    exclusively(() -> observers.add(observer));
    return () -> exclusively(() -> observers.remove(observer));
  }

  /**
   * Begins to watch the keys with a prefix.
   *
   * @param after the last revision that the watcher knows; 0 for the newest
   * @param sink called under the lock, so it must be quick and must not block
   * @throws RevisionUnavailableException if the events after it are no longer all kept
   */
  public Watching<V> watch(String prefix, long after, Consumer<Event<V>> sink) {
    return locked(
        () -> {
          List<Event<V>> missed = new ArrayList<>();
          if (after != 0 && after < latest.revision()) {
            moment(after);
            moments.tailMap(after, false).values().stream()
                .map(Moment::event)
                .filter(event -> event != null && event.key().startsWith(prefix))
                .forEach(missed::add);
          }
          Watcher<V> watcher = new Watcher<>(prefix, Math.max(after, latest.revision()), sink);
          watchers.add(watcher);
          return new Watching<>(latest, missed, () -> watchers.remove(watcher));
        });
  }

  /** Number of watches that run. */
  public int watchers() {
    return watchers.size();
  }

  /** Forgets all revisions before one; the newest always stays. */
  public void compact(long revision) {
    exclusively(() -> moments.headMap(Math.min(revision, latest.revision()), false).clear());
  }

  /**
   * A store of its own that begins with exactly the state of a revision.
   *
   * @throws RevisionUnavailableException if it is not kept
   */
  public RevisionStore<V> fork(long revision) {
    return new RevisionStore<>(at(revision), retention);
  }

  private Moment<V> moment(long revision) {
    expire();
    Moment<V> moment = moments.get(revision);
    if (moment == null) {
      throw new RevisionUnavailableException(revision, moments.firstKey(), latest.revision());
    }
    return moment;
  }

  private Event<V> commit(Snapshot<V> next, Event<V> event) {
    latest = next;
    moments.put(next.revision(), new Moment<>(next, event, retention.now()));
    expire();
    observers.forEach(observer -> observer.accept(event));
    watchers.forEach(watcher -> watcher.see(event));
    return event;
  }

  /** Forgets what is to be kept no longer. A revision ages from when another took its place. */
  private void expire() {
    while (moments.size() > retention.revisions()) {
      moments.pollFirstEntry();
    }
    while (moments.size() > 1) {
      Moment<V> successor = moments.higherEntry(moments.firstKey()).getValue();
      if (!retention.outlived(successor.nanos())) {
        return;
      }
      moments.pollFirstEntry();
    }
  }

  private <R> R locked(Supplier<R> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The state after a write, and the write; the first moment has none.
   *
   * @param nanos when it was, on the retention's clock
   */
  private record Moment<V>(Snapshot<V> snapshot, @Nullable Event<V> event, long nanos) {}

  private record Watcher<V>(String prefix, long after, Consumer<Event<V>> sink) {
    void see(Event<V> event) {
      if (event.revision() > after && event.key().startsWith(prefix)) {
        sink.accept(event);
      }
    }
  }

  private final class Writer implements Transaction<V> {
    @Override
    public Snapshot<V> now() {
      return latest;
    }

    @Override
    public Event<V> put(String key, LongFunction<V> value, Origin origin) {
      long revision = latest.revision() + 1;
      Entry<V> entry = new Entry<>(key, value.apply(revision), revision);
      V before = latest.find(key).map(Entry::value).orElse(null);
      Event.Kind kind = before == null ? Event.Kind.ADDED : Event.Kind.MODIFIED;
      return commit(
          latest.with(entry), new Event<>(revision, key, kind, before, entry.value(), origin));
    }

    @Override
    public Event<V> delete(String key, LongFunction<V> lastState, Origin origin) {
      V before =
          latest
              .find(key)
              .map(Entry::value)
              .orElseThrow(() -> new IllegalStateException("no such key: " + key));
      long revision = latest.revision() + 1;
      return commit(
          latest.without(key, revision),
          new Event<>(
              revision, key, Event.Kind.DELETED, before, lastState.apply(revision), origin));
    }
  }
}
