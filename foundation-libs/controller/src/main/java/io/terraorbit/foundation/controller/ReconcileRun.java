package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceCache;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One reconcile on one worker: its context, and the way to call it off. */
final class ReconcileRun<T extends HasMetadata> implements Context<T> {
  private final Claim<ObjectKey> claim;
  private final String id;
  private final ControllerSpec<T> spec;
  private final Sources<T> sources;
  private final @Nullable Leadership leadership;
  private final Thread worker = Thread.currentThread();
  private volatile @Nullable String cancelled;
  private boolean ended;

  ReconcileRun(
      Claim<ObjectKey> claim,
      String id,
      ControllerSpec<T> spec,
      Sources<T> sources,
      @Nullable Leadership leadership) {
    this.claim = claim;
    this.id = id;
    this.spec = spec;
    this.sources = sources;
    this.leadership = leadership;
  }

  Result perform() throws Exception {
    Optional<T> object = sources.primary().get(key());
    return object.isPresent()
        ? spec.reconciler().reconcile(object.get(), this)
        : spec.reconciler().gone(key(), this);
  }

  /** Forbids further writes and interrupts the worker, unless the run has ended. */
  synchronized void cancel(String reason) {
    if (!ended && cancelled == null) {
      cancelled = reason;
      worker.interrupt();
    }
  }

  /** From here on no cancel can hit the worker's next run. */
  synchronized void end() {
    ended = true;
    if (cancelled != null) {
      boolean unused = Thread.interrupted();
    }
  }

  @Override
  public ObjectKey key() {
    return claim.key();
  }

  @Override
  public String reconcileId() {
    return id;
  }

  @Override
  public int failures() {
    return claim.failures();
  }

  @Override
  public List<Cause> causes() {
    return claim.causes();
  }

  @Override
  public Optional<Leadership> leadership() {
    return Optional.ofNullable(leadership);
  }

  @Override
  public boolean cancelled() {
    return cancelled != null || (leadership != null && !leadership.valid());
  }

  @Override
  public void checkMayWrite() {
    if (leadership != null) {
      leadership.check();
    }
    if (cancelled != null) {
      throw AppException.of(
          ErrorKind.CANCELLED,
          "RECONCILE_CANCELLED",
          "reconcile %s of '%s' was called off: %s".formatted(id, key(), cancelled),
          "A reconcile that was called off writes nothing more.",
          "Nothing to do: the key runs again. If it timed out, allow it more time or less work.");
    }
  }

  @Override
  public ResourceClient<T> client() {
    return client(spec.type());
  }

  @Override
  public <R extends HasMetadata> ResourceClient<R> client(Class<R> type) {
    return new FencedClient<>(
        spec.api().client(type), this::checkMayWrite, object -> sources.overlay(type, object));
  }

  @Override
  public <R extends HasMetadata> ResourceCache<R> cache(Class<R> type) {
    return sources.cache(type);
  }
}
