/** The wire: routes, discovery, bodies and streams, on Netty. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.http;

import org.jspecify.annotations.NullMarked;
