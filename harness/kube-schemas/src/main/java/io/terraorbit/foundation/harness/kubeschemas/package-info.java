/**
 * Compiles what is known of the built-in kinds of Kubernetes into one resource, at build time. The
 * jar has that resource only; none of these classes is there at run time.
 */
@NullMarked
package io.terraorbit.foundation.harness.kubeschemas;

import org.jspecify.annotations.NullMarked;
