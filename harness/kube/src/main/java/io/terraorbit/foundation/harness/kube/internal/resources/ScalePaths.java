package io.terraorbit.foundation.harness.kube.internal.resources;

/**
 * Where an object keeps what its {@code scale} tells. Immutable. The paths begin with a dot.
 *
 * @param labelSelector empty when it has none
 */
public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}
