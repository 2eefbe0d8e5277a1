/**
 * Which kinds there are: the built-in ones from a table, and those of custom resource definitions.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.resources;

import org.jspecify.annotations.NullMarked;
