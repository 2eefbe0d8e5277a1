/** Strategic merge patches: what a patch of a built-in kind says, merged by the kind's schema. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.strategic;

import org.jspecify.annotations.NullMarked;
