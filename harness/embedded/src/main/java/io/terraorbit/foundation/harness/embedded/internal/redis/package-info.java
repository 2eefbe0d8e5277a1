/** Redis: its binary, its running server, and just enough of its protocol. */
@NullMarked
package io.terraorbit.foundation.harness.embedded.internal.redis;

import org.jspecify.annotations.NullMarked;
