/**
 * PostgreSQL and Redis as local processes: providers for an environment, found by {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package io.terraorbit.foundation.harness.embedded;

import org.jspecify.annotations.NullMarked;
