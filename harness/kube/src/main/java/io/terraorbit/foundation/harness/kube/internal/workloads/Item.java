package io.terraorbit.foundation.harness.kube.internal.workloads;

/** An object to look at. */
record Item(Kind kind, String namespace, String name) {}
