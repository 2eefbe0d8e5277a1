package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.Delete;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.Page;
import io.terraorbit.foundation.kubernetes.Query;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import io.terraorbit.foundation.kubernetes.ResourceVersion;
import io.terraorbit.foundation.kubernetes.Watch;
import io.terraorbit.foundation.kubernetes.WatchListener;
import io.terraorbit.foundation.kubernetes.WatchStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks before each write whether it is allowed, and tells of each object that was written. */
final class FencedClient<R extends HasMetadata> implements ResourceClient<R> {
  private final ResourceClient<R> client;
  private final Runnable fence;
  private final Consumer<R> written;

  FencedClient(ResourceClient<R> client, Runnable fence, Consumer<R> written) {
    this.client = client;
    this.fence = fence;
    this.written = written;
  }

  @Override
  public Class<R> type() {
    return client.type();
  }

  @Override
  public Optional<R> find(ObjectKey key) {
    return client.find(key);
  }

  @Override
  public R get(ObjectKey key) {
    return client.get(key);
  }

  @Override
  public R create(R object) {
    fence.run();
    return tell(client.create(object));
  }

  @Override
  public R update(R object) {
    fence.run();
    return tell(client.update(object));
  }

  @Override
  public R updateStatus(R object) {
    fence.run();
    return tell(client.updateStatus(object));
  }

  @Override
  public R mergePatch(ObjectKey key, Map<String, ?> patch) {
    fence.run();
    return tell(client.mergePatch(key, patch));
  }

  @Override
  public R mergePatchStatus(ObjectKey key, Map<String, ?> patch) {
    fence.run();
    return tell(client.mergePatchStatus(key, patch));
  }

  @Override
  public boolean delete(ObjectKey key, Delete how) {
    fence.run();
    return client.delete(key, how);
  }

  @Override
  public Page<R> page(Query query, String continueToken) {
    return client.page(query, continueToken);
  }

  @Override
  public WatchStream<R> openWatch(Query query, ResourceVersion from, Duration atMost) {
    return client.openWatch(query, from, atMost);
  }

  @Override
  public Watch watch(Query query, ResourceVersion from, WatchListener<R> listener) {
    return client.watch(query, from, listener);
  }

  private R tell(R object) {
    written.accept(object);
    return object;
  }
}
