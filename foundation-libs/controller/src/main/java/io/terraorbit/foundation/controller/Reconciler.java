package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import org.apiguardian.api.API;

/**
 * Brings the world in line with one object. Called on several threads, never twice at a time for
 * the same key, and again and again: it looks at what is, not at what happened.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Reconciler<T extends HasMetadata> {
  /**
   * Does what is missing.
   *
   * @param object as the cache has it, maybe a little old; shared, so never change it
   * @throws FatalException if trying again is pointless; anything else is tried again after a
   *     back-off
   */
  Result reconcile(T object, Context<T> context) throws Exception;

  /** As {@link #reconcile}, for an object that is gone. */
  default Result gone(ObjectKey key, Context<T> context) throws Exception {
    return Result.done();
  }
}
