package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceCache;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caches of a controller, one per type, all feeding one sink. */
final class Sources<T extends HasMetadata> implements AutoCloseable {
  /** A type to watch, and whom of the reconciled type its objects concern. */
  record Watched<C extends HasMetadata>(
      Class<C> type, Function<? super C, ? extends Collection<ObjectKey>> mapper) {
    private void listen(ResourceCache<?> cache, KeySink sink) {
      @SuppressWarnings("unchecked") // Opened for this very class.
      ResourceCache<C> typed = (ResourceCache<C>) cache;
      typed.listen(new KeyListener<>(mapper, sink));
    }
  }

  private final Map<Class<?>, ResourceCache<?>> caches = new LinkedHashMap<>();
  private final Class<T> type;
  private final List<Watched<?>> watched;

  Sources(ApiAccess api, Class<T> type, List<Watched<?>> watched) {
    this.type = type;
    this.watched = watched;
    for (Watched<?> one : watched) {
      caches.computeIfAbsent(one.type(), t -> api.open(one.type()));
    }
  }

  /** Begins to list and watch. */
  void start(KeySink sink) {
    for (Watched<?> one : watched) {
      one.listen(cache(one.type()), sink);
    }
    caches.values().forEach(ResourceCache::start);
  }

  /** Waits until all caches hold their first list. */
  boolean awaitSynced(Duration max) throws InterruptedException {
    for (ResourceCache<?> cache : caches.values()) {
      if (!cache.awaitSynced(max)) {
        return false;
      }
    }
    return true;
  }

  ResourceCache<T> primary() {
    return cache(type);
  }

  <R extends HasMetadata> ResourceCache<R> cache(Class<R> wanted) {
    ResourceCache<R> cache = find(wanted);
    if (cache == null) {
      throw new IllegalArgumentException(
          "this controller watches no %s; it has %s"
              .formatted(
                  wanted.getSimpleName(),
                  caches.keySet().stream().map(Class::getSimpleName).toList()));
    }
    return cache;
  }

  /** Shows an own write to readers at once. */
  <R extends HasMetadata> void overlay(Class<R> written, R object) {
    ResourceCache<R> cache = find(written);
    if (cache != null) {
      cache.overlay(object);
    }
  }

  void abandon() {
    caches.values().forEach(ResourceCache::abandon);
  }

  @Override
  public void close() {
    caches.values().forEach(ResourceCache::close);
  }

  @SuppressWarnings("unchecked") // Opened for this very class.
  private <R extends HasMetadata> @Nullable ResourceCache<R> find(Class<R> wanted) {
    return (ResourceCache<R>) caches.get(wanted);
  }
}
