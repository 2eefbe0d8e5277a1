/**
 * The memory of the server: every revision of every object, in one order. Knows neither JSON nor
 * HTTP.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.store;

import org.jspecify.annotations.NullMarked;
