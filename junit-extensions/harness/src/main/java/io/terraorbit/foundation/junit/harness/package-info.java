/**
 * JUnit tests that ask for a database, a cache or a cluster by naming its type in a parameter:
 * {@link io.terraorbit.foundation.junit.harness.FoundationTest}.
 */
@NullMarked
package io.terraorbit.foundation.junit.harness;

import org.jspecify.annotations.NullMarked;
