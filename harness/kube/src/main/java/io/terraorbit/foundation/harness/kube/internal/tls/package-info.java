/** The server's own certificate authority, and whom its certificates name. Knows no HTTP. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.tls;

import org.jspecify.annotations.NullMarked;
