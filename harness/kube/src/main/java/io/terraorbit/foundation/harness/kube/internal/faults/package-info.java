/** Which requests are disturbed on purpose. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.faults;

import org.jspecify.annotations.NullMarked;
