/** Redis by Lettuce; loaded only where Lettuce is on the class path. */
@NullMarked
package io.terraorbit.foundation.junit.harness.internal.lettuce;

import org.jspecify.annotations.NullMarked;
