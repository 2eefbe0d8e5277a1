/** Who may ask and which requests are refused on purpose. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.faults;

import org.jspecify.annotations.NullMarked;
