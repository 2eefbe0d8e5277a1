/** Built-in kinds that are served in more than one version, from one stored form. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.conversion;

import org.jspecify.annotations.NullMarked;
