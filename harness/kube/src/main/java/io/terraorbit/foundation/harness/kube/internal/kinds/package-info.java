/**
 * What each built-in kind is by itself: its strategy, its defaults, what must not be in it and what
 * must not change. Knows single objects only; what needs the rest of the cluster is in {@code
 * admission}.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.kinds;

import org.jspecify.annotations.NullMarked;
