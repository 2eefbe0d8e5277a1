/** Label and field selectors: their syntax, their errors, and what they select. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.selectors;

import org.jspecify.annotations.NullMarked;
