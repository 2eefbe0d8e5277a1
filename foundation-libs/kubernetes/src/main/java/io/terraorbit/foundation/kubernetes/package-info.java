/** Typed access to a Kubernetes API: one client per resource, watches, and a cache fed by them. */
@NullMarked
package io.terraorbit.foundation.kubernetes;

import org.jspecify.annotations.NullMarked;
