package io.terraorbit.foundation.harness.kube.internal.store;

/**
 * Whose write it is. Immutable.
 *
 * @param verb what the writer asked for, such as {@code patch}
 * @param part which part was written, such as {@code status}; empty for the whole
 */
public record Origin(String user, String verb, String part) {}
