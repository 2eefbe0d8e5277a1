package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a cache's store and tells its listeners, both under one lock: so every listener hears
 * every change once and in order, also one that is added in between.
 */
final class Deliveries<T extends HasMetadata> {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  private final String cache;
  private final CacheStore<T> store;
  private final List<CacheListener<T>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
  private volatile boolean closed;

  Deliveries(String cache, CacheStore<T> store) {
    this.cache = cache;
    this.store = store;
  }

  void listen(CacheListener<T> listener) {
    lock.lock();
    try {
      List<T> present = List.copyOf(store.snapshot().objects().values());
      present.forEach(object -> tell(listener, l -> l.added(object, true)));
      if (isSynced()) {
        tell(listener, CacheListener::synced);
      }
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  void resync() {
    lock.lock();
    try {
      store
          .snapshot()
          .objects()
          .values()
          .forEach(object -> tellAll(listener -> listener.updated(object, object, true)));
    } finally {
      lock.unlock();
    }
  }

  /** Makes a change and tells of it. */
  void apply(Supplier<List<Change<T>>> work) {
    lock.lock();
    try {
      if (!closed) {
        boolean initial = !isSynced();
        work.get().forEach(change -> tellAll(listener -> change.tell(listener, initial)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells that the first list is in; later calls do nothing. */
  boolean synced() {
    lock.lock();
    try {
      if (isSynced() || closed) {
        return false;
      }
      tellAll(CacheListener::synced);
      return settled.complete(true);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the first list was told to all listeners. */
  boolean isSynced() {
    return settled.getNow(false);
  }

  boolean awaitSynced(Duration max) throws InterruptedException {
    try {
      return settled.get(max.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes this with a failure", e);
    }
  }

  /** No listener hears anything that has not begun, and nobody waits any more. */
  void close() {
    closed = true;
    settled.complete(false);
  }

  private void tellAll(Consumer<CacheListener<T>> what) {
    listeners.forEach(listener -> tell(listener, what));
  }

  private void tell(CacheListener<T> listener, Consumer<CacheListener<T>> what) {
    if (closed) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("cache", cache).log("cache listener failed");
    }
  }
}
