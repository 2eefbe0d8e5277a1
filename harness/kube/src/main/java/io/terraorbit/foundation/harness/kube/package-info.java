/**
 * The Kubernetes API in this process: start a {@link
 * io.terraorbit.foundation.harness.kube.KubeApiServer} in milliseconds, talk to it with any client,
 * look at and go back to any revision, and disturb it on purpose.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube;

import org.jspecify.annotations.NullMarked;
