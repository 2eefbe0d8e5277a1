/** Tests of the proxy through its public face, against real sockets. */
@NullMarked
package io.terraorbit.foundation.chaos.proxy;

import org.jspecify.annotations.NullMarked;
