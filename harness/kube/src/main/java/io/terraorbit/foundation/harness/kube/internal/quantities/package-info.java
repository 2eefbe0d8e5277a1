/** Amounts of resources, exactly. Knows neither kinds nor the store. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.quantities;

import org.jspecify.annotations.NullMarked;
