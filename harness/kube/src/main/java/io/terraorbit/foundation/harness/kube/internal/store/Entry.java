package io.terraorbit.foundation.harness.kube.internal.store;

/**
 * A value with the revision that wrote it. Immutable.
 *
 * @param <V> the type of the value, itself immutable
 */
public record Entry<V>(String key, V value, long revision) {}
