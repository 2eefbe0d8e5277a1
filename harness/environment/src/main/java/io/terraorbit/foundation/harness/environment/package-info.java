/**
 * What a test runs against: an {@link io.terraorbit.foundation.harness.environment.Environment}
 * made of {@link io.terraorbit.foundation.harness.environment.Backend}s, which are things that run,
 * and {@link io.terraorbit.foundation.harness.environment.Link}s, which say who talks to whom.
 */
@NullMarked
package io.terraorbit.foundation.harness.environment;

import org.jspecify.annotations.NullMarked;
