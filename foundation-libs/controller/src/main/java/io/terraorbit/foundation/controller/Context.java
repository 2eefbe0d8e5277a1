package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceCache;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** What a reconcile is given beside its object; of no use once the reconcile has returned. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Context<T extends HasMetadata> {
  ObjectKey key();

  /** Unique within the process. */
  String reconcileId();

  /** Failed runs in a row before this one. */
  int failures();

  /** All that was merged into this run, oldest first. */
  List<Cause> causes();

  /** The term in which this runs; empty without leader election. */
  Optional<Leadership> leadership();

  /** Whether the result is of no interest any more: timed out, stopped, or leadership lost. */
  boolean cancelled();

  /**
   * Does nothing while this reconcile may write; ask before a write that goes past {@link #client}.
   *
   * @throws io.terraorbit.foundation.errors.AppException {@code LEADERSHIP_LOST} or {@code
   *     RECONCILE_CANCELLED}
   */
  void checkMayWrite();

  /** The client of the reconciled type; see {@link #client(Class)}. */
  ResourceClient<T> client();

  /**
   * A client whose every write is preceded by {@link #checkMayWrite}, and whose written objects
   * {@link #cache} shows at once.
   */
  <R extends HasMetadata> ResourceClient<R> client(Class<R> type);

  /**
   * The cache of the reconciled, an owned or a watched type.
   *
   * @throws IllegalArgumentException if the controller has none of that type
   */
  <R extends HasMetadata> ResourceCache<R> cache(Class<R> type);
}
