/**
 * A TCP proxy that damages traffic on demand, in the words and with the meaning of Toxiproxy 2.12:
 * {@link io.terraorbit.foundation.chaos.proxy.ChaosProxy} is the server, a {@link
 * io.terraorbit.foundation.chaos.proxy.Proxy} one listening address with its upstream, a {@link
 * io.terraorbit.foundation.chaos.proxy.Toxic} one kind of damage.
 */
@NullMarked
package io.terraorbit.foundation.chaos.proxy;

import org.jspecify.annotations.NullMarked;
