/** PostgreSQL: its binaries, its empty cluster, its running server. */
@NullMarked
package io.terraorbit.foundation.harness.embedded.internal.postgres;

import org.jspecify.annotations.NullMarked;
