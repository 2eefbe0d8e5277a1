/** The controllers of workloads, and nodes that only say that they run Pods. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.workloads;

import org.jspecify.annotations.NullMarked;
