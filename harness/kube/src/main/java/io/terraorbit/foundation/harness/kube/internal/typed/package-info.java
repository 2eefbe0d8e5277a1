/**
 * What the built-in kinds are made of, and how a body becomes an object of one, as Go would decode
 * it.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.typed;

import org.jspecify.annotations.NullMarked;
