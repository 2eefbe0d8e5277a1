/** Kubernetes by the fabric8 client; loaded only where it is on the class path. */
@NullMarked
package io.terraorbit.foundation.junit.harness.internal.fabric8;

import org.jspecify.annotations.NullMarked;
