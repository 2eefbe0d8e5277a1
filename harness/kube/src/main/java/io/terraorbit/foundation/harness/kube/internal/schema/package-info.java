/** Structural schemas of custom resources: prune, default, validate. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.schema;

import org.jspecify.annotations.NullMarked;
