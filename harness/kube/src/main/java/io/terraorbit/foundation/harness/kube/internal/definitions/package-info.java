/** Definitions of custom resources: what they must look like, and what follows from them. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.definitions;

import org.jspecify.annotations.NullMarked;
