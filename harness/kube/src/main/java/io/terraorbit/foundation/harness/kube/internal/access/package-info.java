/** Who asks, and what a request is about. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.access;

import org.jspecify.annotations.NullMarked;
