/**
 * Moves bytes between two sockets through a chain of stages. Everything that belongs to one proxy
 * is confined to one event loop; only {@code Relay} and {@code Loops} may be called from elsewhere.
 */
@NullMarked
package io.terraorbit.foundation.chaos.proxy.internal.link;

import org.jspecify.annotations.NullMarked;
