/** Servers as processes that end when the JVM does, whichever way that is. */
@NullMarked
package io.terraorbit.foundation.harness.embedded.internal.process;

import org.jspecify.annotations.NullMarked;
