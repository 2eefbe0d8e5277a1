/** What the server answers when it refuses: the Status object and the reasons in it. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.status;

import org.jspecify.annotations.NullMarked;
