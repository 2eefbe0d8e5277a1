/** Requests to a Kubernetes API and what comes back: paths, bounds, failures. Knows no models. */
@NullMarked
package io.terraorbit.foundation.kubernetes.internal.rest;

import org.jspecify.annotations.NullMarked;
