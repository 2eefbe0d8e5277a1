package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Keeps a copy of the objects that a query selects, up to date by list and watch: what others call
 * an informer. Safe for many threads; one daemon thread per cache; whoever opens it closes it.
 *
 * <p>Objects are shared by all readers and must not be changed; copy before editing.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ResourceCache<T extends HasMetadata> extends AutoCloseable {
  /** Makes a cache that does nothing before {@link #start()}. */
  static <T extends HasMetadata> ResourceCache<T> open(
      ResourceClient<T> client, Query query, CacheSettings settings) {
    return new WatchedCache<>(client, query, settings);
  }

  /** Begins to list and watch. Idempotent. */
  void start();

  /** The object, by own writes at least as new as observed; empty when there is none. */
  Optional<T> get(ObjectKey key);

  /** All objects, in no order. */
  List<T> list();

  /** All objects as observed, without own writes that were not, and the version they are of. */
  Snapshot<T> snapshot();

  /** Keeps an index from now on; filled before this returns. */
  <V> void index(Index<T, V> index);

  /**
   * The objects that an index has under a value.
   *
   * @throws IllegalStateException if the index was never given to {@link #index}
   */
  <V> List<T> by(Index<T, V> index, V value);

  /** How far the server's history is known; empty before the first list. */
  Optional<ResourceVersion> observed();

  /** Whether the first list is in and told to all listeners. */
  boolean synced();

  /**
   * Waits until {@link #observed()} is {@code atLeast} or newer. Never call it from a listener.
   *
   * @return false when {@code max} ran out, or the cache was closed
   */
  boolean await(ResourceVersion atLeast, Duration max) throws InterruptedException;

  /** Waits for {@link #synced()}; false when {@code max} ran out, or the cache was closed. */
  boolean awaitSynced(Duration max) throws InterruptedException;

  /**
   * Shows an own write to readers before the watch brings it; forgotten once that version is
   * observed. Listeners do not hear of it.
   *
   * @param written what a write answered; must be an object that the query selects
   */
  void overlay(T written);

  /** Adds a listener, which first hears of all objects that are there, on this thread. */
  void listen(CacheListener<T> listener);

  /** Tells all listeners of all objects again, as updates with {@code resync}, on this thread. */
  void resync();

  /** Ends the cache as a crash would: no event is delivered afterwards. Returns at once. */
  void abandon();

  /** Ends the cache and waits for its thread, unless called on it. Idempotent. */
  @Override
  void close();
}
