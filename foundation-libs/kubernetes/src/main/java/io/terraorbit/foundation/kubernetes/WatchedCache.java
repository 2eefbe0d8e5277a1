package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store, its listeners, and the thread that feeds both. */
final class WatchedCache<T extends HasMetadata> implements ResourceCache<T> {
  /** Above any sensible bound of a call, which is all that the thread may be busy with. */
  private static final long JOIN_MS = 30_000;

  private final CacheStore<T> store = new CacheStore<>();
  private final Deliveries<T> deliveries;
  private final CacheLoop<T> loop;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();

  WatchedCache(ResourceClient<T> client, Query query, CacheSettings settings) {
    String name = client.type().getSimpleName();
    this.deliveries = new Deliveries<>(name, store);
    this.loop = new CacheLoop<>(name, client, query, settings, store, deliveries);
    this.thread = new Thread(this::run, "kube-cache-" + name);
    thread.setDaemon(true);
  }

  private void run() {
    loop.run();
    abandon();
  }

  @Override
  public void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  @Override
  public Optional<T> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public List<T> list() {
    return store.list();
  }

  @Override
  public Snapshot<T> snapshot() {
    return store.snapshot();
  }

  @Override
  public <V> void index(Index<T, V> index) {
    store.index(index);
  }

  @Override
  public <V> List<T> by(Index<T, V> index, V value) {
    return store.by(index, value);
  }

  @Override
  public Optional<ResourceVersion> observed() {
    return store.observed();
  }

  @Override
  public boolean synced() {
    return deliveries.isSynced();
  }

  @Override
  public boolean await(ResourceVersion atLeast, Duration max) throws InterruptedException {
    return store.await(atLeast, max);
  }

  @Override
  public boolean awaitSynced(Duration max) throws InterruptedException {
    return deliveries.awaitSynced(max);
  }

  @Override
  public void overlay(T written) {
    store.overlay(written);
  }

  @Override
  public void listen(CacheListener<T> listener) {
    deliveries.listen(listener);
  }

  @Override
  public void resync() {
    deliveries.resync();
  }

  @Override
  public void abandon() {
    started.set(true);
    deliveries.close();
    store.close();
    loop.stop();
  }

  @Override
  public void close() {
    abandon();
    if (Thread.currentThread() != thread) {
      try {
        thread.join(JOIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
